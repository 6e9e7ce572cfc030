import type { SiteFormat } from './format.ts';
import { sitesCsv } from './sites-csv.ts';
import { sitesGeojson } from './sites-geojson.ts';
import { sitesXlsx } from './sites-xlsx.ts';

export type { SiteFormat } from './format.ts';

/** Every format that the site list is exported in. */
export const siteFormats: readonly SiteFormat[] = [sitesCsv, sitesXlsx, sitesGeojson];
