export type { DetectedEncoding, LegacyEncoding } from './legacy-encoding.ts';
export { detectEncoding, toUnicode } from './legacy-encoding.ts';
export { normaliseName } from './normalise-name.ts';
export { searchKey } from './search-key.ts';
export { sortKey } from './sort-key.ts';
export { foldTonePlacement } from './tone-placement.ts';
