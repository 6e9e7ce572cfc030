import type { JsonObject } from './json-values.ts';
import type { UnitLevel } from './records.ts';

/** How one publisher names the members of a boundary feature. A new source is a new entry in BOUNDARY_PROFILES. */
export interface BoundaryProfile {
  id: string;
  /** Members that must all be there for the profile to apply. */
  recognised_by: readonly string[];
  code: string;
  /** Full name. */
  name: string;
  /** Bare name: what `name` has before it is the type. */
  bare_name?: string;
  type?: string;
  level?: string;
  parent_code?: string;
  parent_name?: string;
  province_code?: string;
  valid_from?: string;
  valid_to?: string;
  /** Members whose name carries the year: `pop_2009`. */
  population_by_year?: RegExp;
  households_by_year?: RegExp;
  /** What the publisher's files are known to be, where the features do not say it. */
  defaults: { level?: UnitLevel; valid_from?: string; valid_to?: string; source?: string };
}

const BOUNDARY_PROFILES: readonly BoundaryProfile[] = [
  {
    id: 'phusong',
    recognised_by: ['level', 'code', 'name'],
    code: 'code',
    name: 'name',
    type: 'type',
    level: 'level',
    parent_code: 'parent_code',
    parent_name: 'parent_name',
    province_code: 'province_code',
    valid_from: 'valid_from',
    valid_to: 'valid_to',
    defaults: {},
  },
  {
    // Communes with the figures of the 2009 and 2019 censuses. The set is that of the districts in force from Decree
    // 61/2007/NĐ-CP (Tân Sơn made, 9 April 2007) until districts were abolished on 1 July 2025.
    id: 'census-2009',
    recognised_by: ['commune_code', 'commune_name', 'district_code'],
    code: 'commune_code',
    name: 'commune_name',
    type: 'commune_type',
    parent_code: 'district_code',
    parent_name: 'district_name',
    province_code: 'province_code',
    population_by_year: /^pop_((?:19|20)\d\d)$/,
    households_by_year: /^households_((?:19|20)\d\d)$/,
    defaults: { level: 'commune', valid_from: '2007-04-09', valid_to: '2025-07-01', source: 'census-2009' },
  },
  {
    // Communes of the reform of 1 July 2025 as the national land portal publishes them.
    id: 'portal-2025',
    recognised_by: ['code', 'fullName', 'gisServerId'],
    code: 'code',
    name: 'fullName',
    bare_name: 'name',
    defaults: { level: 'commune', valid_from: '2025-07-01', source: 'portal-2025' },
  },
];

/** Types of units as names begin with them, with their level. Longest first: `Thị trấn` before `Thị`. */
const TYPES: readonly [string, UnitLevel | null][] = [
  ['Thành phố', null],
  ['Thị trấn', 'commune'],
  ['Thị xã', 'district'],
  ['Đặc khu', 'commune'],
  ['Phường', 'commune'],
  ['Huyện', 'district'],
  ['Quận', 'district'],
  ['Tỉnh', 'province'],
  ['Thôn', 'village'],
  ['Xã', 'commune'],
];

/** The profile whose members the feature has, or null. */
export function findProfile(properties: JsonObject): BoundaryProfile | null {
  return BOUNDARY_PROFILES.find((profile) => profile.recognised_by.every((member) => member in properties)) ?? null;
}

/** `Phường Tân Hoà` → `Phường`; null when the name does not begin with a type. */
export function typeFromName(name: string): { type: string; level: UnitLevel | null } | null {
  const found = TYPES.find(([type]) => name.toLowerCase().startsWith(`${type.toLowerCase()} `));
  return found ? { type: found[0], level: found[1] } : null;
}
