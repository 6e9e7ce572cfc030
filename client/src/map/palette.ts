import { interpolateCividis } from 'd3-scale-chromatic';

/** Colours that mean something on the map, in one place. Checked for colour-blindness: cividis and Okabe–Ito. */
export const palette = {
  background: '#e9eef0',
  province: '#fbfcfc',
  communeLine: '#8b99a3',
  districtLine: '#43535e',
  label: '#22313b',
  labelHalo: '#ffffff',
  unknown: '#c4cbd0',
  unknownHatch: '#8d979e',
  noTerrain: '#22313b99',
  noTerrainHalo: '#ffffff99',
  selection: '#d81b60',
  coverageArea: '#2a7f9e',
  gap: '#a3195b',
  shared: '#37474f',
  cluster: '#0b5563',
  clusterText: '#083f4a',
  due: '#e69f00',
  expired: '#c62828',
  site: '#37474f',
  siteRim: '#26343d',
  core: '#5b2a86',
  node: '#5b2a86',
  bridge: '#e4572e',
  path: '#1565c0',
  path2: '#00a0b8',
  measure: '#0f3fbf',
  cut: '#c00000',
  /** Of cable that does not exist yet: darker than every other line, which all eyes see. */
  plan: '#0b0b0b',
} as const;

/** District connectivity, Okabe–Ito. The shape of the sign says the same. */
export const connectivityColours = { none: '#b23a00', single: '#e69f00', dual: '#0072b2' } as const;

/** What planned changes gain and lose: blue and orange, told apart by everyone; what is lost is hatched besides. */
export const planningColours = {
  gained: '#0060c7',
  lost: '#b84a00',
  sign: '#0b3d91',
  suggestion: '#ffd75e',
  suggestionRim: '#5c4300',
  suggestionText: '#2b2000',
  spot: '#8a1450',
} as const;

/** Radio and television: served areas, and the signs of transmitters. */
export const broadcastColours = { area: '#00796b', sign: '#00453d' } as const;

/** Gaps of one operator, spots without any operator, spots with some; the hatch of the last runs the other way. */
export const gapColours = { gap: palette.gap, white: palette.gap, grey: '#5a5f66' } as const;

/**
 * Signal bands, weakest first: light to dark in every kind of colour vision (ColorBrewer YlGnBu), none so dark that names
 * with their halo could not be read on it.
 */
export const bandColours = ['#dcedc8', '#9fd3bd', '#5cadc4', '#4585b8'] as const;

/** Measured levels, far below the threshold first: Okabe–Ito, warm below and cold above; the signs differ in size too. */
export const measuredColours = ['#b23a00', '#e69f00', '#56b4e9', '#0072b2'] as const;

/** Fibre by deployment; the dashes of the line say the same. */
export const deploymentColours = { duct: '#5b2a86', buried: '#7a4a1f', aerial: '#1f6f54' } as const;

/** Share of white in the fills, so that lines, signs and names stand out on them. */
const whiteShare = 0.3;

function lighten(colour: string): string {
  const parts = (colour.match(/\d+/g) ?? []).map((part) =>
    Math.round(Number(part) * (1 - whiteShare) + 255 * whiteShare),
  );
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** `count` cividis colours lightened alike, dark for the least. */
export function cividisClasses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => lighten(interpolateCividis(index / (count - 1))));
}
