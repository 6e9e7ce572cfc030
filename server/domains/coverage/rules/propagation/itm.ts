/**
 * The ITS Irregular Terrain Model (Longley–Rice), point-to-point and area mode: NTIA ITM v1.4, public domain.
 * Sources: G. Hufford, "The ITS Irregular Terrain Model, version 1.2.2: The Algorithm" (cited as [A]); Longley and
 * Rice, ERL 79-ITS 67 (1968); NBS Technical Note 101 (TN101).
 *
 * Heights, distances and elevations in metres, frequency in MHz, loss in dB. 20 MHz–20 GHz, 1–2000 km. Impossible
 * arguments and internal breakdowns are values (`ok: false` with a code), never thrown; doubtful ones are warnings.
 */
import type { PathGeometry, Surroundings } from './itm-path.ts';
import { effectiveTerrain, pathElevation } from './itm-profile.ts';
import { referenceAttenuation } from './itm-reference.ts';
import type {
  ItmAntennas,
  ItmArea,
  ItmLoss,
  ItmRadio,
  ItmResult,
  ItmSiting,
  ItmVariability,
  ItmWarning,
} from './itm-types.ts';
import { surfaceOf, surfaceProblem, validate } from './itm-validate.ts';
import { variability } from './itm-variability.ts';
import type { EvenProfile } from './terrain-profile.ts';

/** Free-space loss as ITM rounds it, dB. */
const freeSpace = (distance_m: number, frequency_mhz: number): number =>
  32.45 + 20 * Math.log10(frequency_mhz) + 20 * Math.log10(distance_m / 1000);

function finish(
  geometry: PathGeometry,
  surroundings: Surroundings,
  radio: ItmRadio,
  spread: ItmVariability,
  warnings: ItmWarning[],
): ItmLoss {
  const reference = referenceAttenuation(geometry, surroundings);
  warnings.push(...reference.warnings);
  const varied = variability(reference.attenuation_db, geometry, radio.frequency_mhz, radio.climate, spread);
  if (varied.extreme) warnings.push('extreme_variability');
  const free_space_db = freeSpace(geometry.distance_m, radio.frequency_mhz);
  return {
    ok: true,
    loss_db: free_space_db + varied.attenuation_db,
    free_space_db,
    reference_attenuation_db: reference.attenuation_db,
    mode: reference.mode,
    terrain_irregularity_m: geometry.irregularity_m,
    warnings,
    extrapolated: warnings.length > 0,
  };
}

/**
 * Loss along a terrain profile of equal steps, its first point at the transmitter and its last at the receiver.
 * Refuses profiles of fewer than three points or with a missing height.
 */
export function itmPointToPoint(
  profile: EvenProfile,
  antennas: ItmAntennas,
  radio: ItmRadio,
  spread: ItmVariability,
): ItmResult {
  const { problems, warnings } = validate(antennas, radio, spread);
  const points = profile.heights_m.length;
  if (!(points >= 3 && profile.step_m > 0)) problems.push({ code: 'profile_too_short', value: points });
  const elevation = points >= 3 ? pathElevation(profile.heights_m) : 0;
  if (!Number.isFinite(elevation) || profile.heights_m.some(Number.isNaN)) {
    problems.push({ code: 'profile_has_gaps', value: elevation });
  }
  if (problems.length > 0) return { ok: false, problems };

  const surface = surfaceOf(radio, elevation);
  const broken = surfaceProblem(surface);
  if (broken) return { ok: false, problems: [broken] };
  const geometry = effectiveTerrain(profile, antennas, surface.effective_radius_m);
  const surroundings = { ...surface, frequency_mhz: radio.frequency_mhz, pointToPoint: true };
  return finish(geometry, surroundings, radio, spread, warnings);
}

const SITING_GAIN_M: Record<ItmSiting, number> = { random: 0, careful: 4, very_careful: 9 };

/** Effective height of an antenna that was sited with care in irregular terrain, m ([A] eq. 3.2). */
function sitedHeight(height_m: number, siting: ItmSiting, irregularity_m: number): number {
  if (siting === 'random') return height_m;
  const low = height_m < 5 ? Math.sin(0.1 * Math.PI * height_m) : 1;
  const gain = 1 + SITING_GAIN_M[siting] * low;
  return height_m + gain * Math.exp(-Math.min(20, (2 * height_m) / Math.max(1e-3, irregularity_m)));
}

/** Loss over terrain known only by its irregularity, as ITM's area mode estimates it. */
export function itmArea(area: ItmArea, antennas: ItmAntennas, radio: ItmRadio, spread: ItmVariability): ItmResult {
  const { problems, warnings } = validate(antennas, radio, spread);
  const { distance_m, terrain_irregularity_m: irregularity_m } = area;
  if (!(distance_m > 0)) problems.push({ code: 'path_distance', value: distance_m });
  if (!(irregularity_m >= 0)) problems.push({ code: 'terrain_irregularity', value: irregularity_m });
  if (problems.length > 0) return { ok: false, problems };

  const surface = surfaceOf(radio, 0);
  const broken = surfaceProblem(surface);
  if (broken) return { ok: false, problems: [broken] };
  const end = (height_m: number, siting: ItmSiting) => {
    const effective_m = sitedHeight(height_m, siting, irregularity_m);
    const smooth_m = Math.sqrt(2 * effective_m * surface.effective_radius_m);
    // [A] eqs. 3.3 and 3.4: the horizon over irregular ground is nearer, and higher, than over smooth ground.
    const horizon_m = smooth_m * Math.exp(-0.07 * Math.sqrt(irregularity_m / Math.max(effective_m, 5)));
    const angle = (0.65 * irregularity_m * (smooth_m / horizon_m - 1) - 2 * effective_m) / smooth_m;
    return { height_m, effective_m, horizon_m, horizon_rad: angle };
  };
  const tx = end(antennas.tx_height_m, area.tx_siting);
  const rx = end(antennas.rx_height_m, area.rx_siting);
  const surroundings = { ...surface, frequency_mhz: radio.frequency_mhz, pointToPoint: false };
  return finish({ tx, rx, distance_m, irregularity_m }, surroundings, radio, spread, warnings);
}
