import { json, NOT_MODIFIED, type Operation } from './operation.ts';
import { ASKING } from './problems.ts';
import { schemas } from './schemas.ts';

export const terrainPaths: readonly Operation[] = [
  {
    id: 'getTerrain',
    method: 'get',
    path: '/api/v1/terrain',
    tag: 'coverage',
    title: { vi: 'Độ cao địa hình đã nạp', en: 'Ground heights in the inventory' },
    about: {
      vi: 'Các tệp độ cao đã nạp, tỷ lệ diện tích các xã hiện hành nằm trong đó, các ô một độ còn thiếu, và độ chênh giữa các tệp ở những điểm chung. Nơi không có độ cao là "không có địa hình", không phải độ cao 0: vùng phủ sóng ở đó được tính không có địa hình.',
      en: 'The files of heights, the share of the area of the communes in force today that they cover, the square degrees that are missing, and by how much files differ at posts they share. Where there is no height there is "no terrain", not height 0: coverage there is computed without terrain.',
    },
    answers: [json(schemas.TerrainReport)],
    otherAnswers: NOT_MODIFIED,
    problems: ASKING,
    example: { url: '/api/v1/terrain' },
  },
];
