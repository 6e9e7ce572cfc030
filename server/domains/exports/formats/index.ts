import { csv } from './csv.ts';
import type { TableFormat } from './format.ts';
import { geojson } from './geojson.ts';
import { xlsx } from './xlsx.ts';

export type { TableExport, TableFormat } from './format.ts';

/** Every format that tables are exported in. */
export const tableFormats: readonly TableFormat[] = [csv, xlsx, geojson];
