import { z } from 'zod';
import { siteFilterShape } from '../contract/index.ts';
import { tileLayers } from '../tiles/registry.ts';
import { json, NOT_MODIFIED, type Operation } from './operation.ts';
import { schemas } from './schemas.ts';

const layers = tileLayers.map((layer) => layer.id) as [string, ...string[]];
const lowest = Math.min(...tileLayers.map((layer) => layer.minZoom));
const highest = Math.max(...tileLayers.map((layer) => layer.maxZoom));
const accepted = tileLayers.map((layer) => `\`${layer.id}\`: ${layer.filters.join(', ')}`).join('; ');

const layer = z.enum(layers).describe('Tile layer / Lớp bản đồ');
const column = z.int().min(0).describe('0 to 2^z − 1');

export const tilePaths: readonly Operation[] = [
  {
    id: 'getTile',
    method: 'get',
    path: '/tiles/{layer}/{z}/{x}/{y}.mvt',
    tag: 'tiles',
    title: { vi: 'Một ô bản đồ vector', en: 'A vector tile' },
    about: {
      vi: `Mapbox Vector Tile 2, tối đa 100 kB sau khi nén; mã đối tượng bằng mã trong danh sách. Ở mức thu phóng thấp các vị trí trạm được gộp và có thuộc tính \`count\`. Chỉ ở mức ${highest} đường và vùng còn đủ mọi đỉnh; ở các mức thấp hơn chúng được giản lược, diện tích một xã trong đó có thể lệch vài phần trăm: muốn đo thì dùng mức ${highest}, hoặc số liệu của API và tệp xuất. Tham số từng lớp nhận: ${accepted}.`,
      en: `Mapbox Vector Tile 2, at most 100 kB compressed; feature ids are the ids of the lists. At low zoom sites are merged and carry \`count\`. Only at zoom ${highest} do lines and polygons have all their vertices; below it they are simplified, and areas by commune may be some percent off: to measure take zoom ${highest}, or the figures of the API and the exports. Parameters each layer takes (any other is a 400): ${accepted}.`,
    },
    pathParameters: {
      layer,
      z: z.int().min(lowest).max(highest).describe('Zoom / Mức thu phóng'),
      x: column,
      y: column,
    },
    query: siteFilterShape,
    answers: [{ media: 'application/vnd.mapbox-vector-tile' }],
    otherAnswers: { 204: 'Nothing in this tile', ...NOT_MODIFIED },
    problems: ['BadRequest', 'NotFound', 'MethodNotAllowed', 'Unavailable'],
  },
  {
    id: 'getTileJson',
    method: 'get',
    path: '/tiles/{layer}.json',
    tag: 'tiles',
    title: { vi: 'Mô tả một lớp bản đồ (TileJSON 3.0)', en: 'Description of a layer (TileJSON 3.0)' },
    about: {
      vi: 'Bộ lọc trong địa chỉ được đưa vào địa chỉ ô bản đồ. Tên thuộc tính theo Accept-Language.',
      en: 'The filter of the address goes into the address of the tiles. Descriptions follow Accept-Language.',
    },
    pathParameters: { layer },
    query: siteFilterShape,
    answers: [json(schemas.TileJson)],
    otherAnswers: NOT_MODIFIED,
    problems: ['BadRequest', 'NotFound', 'MethodNotAllowed', 'Unavailable'],
    example: { url: '/tiles/gaps.json?at=2008-12-31' },
  },
];
