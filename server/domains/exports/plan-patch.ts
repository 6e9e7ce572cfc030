import type { Position } from 'geojson';

/** What a planned span of no length is, where people read it. */
export const PATCH = {
  vi: 'Đấu nối giữa hai nút ở cùng một chỗ, không kéo cáp',
  en: 'A patch between two nodes at one place, no cable',
} as const;

/** Whether a planned span joins two nodes that stand at the same place: there is no line to draw. */
export const isPatch = ({ coordinates }: { coordinates: readonly Position[] }): boolean =>
  new Set(coordinates.map((at) => at.join())).size < 2;
