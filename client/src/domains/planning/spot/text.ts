import type { RadioPath, SpotLevel } from '../../../../../server/contract/radio-path.ts';
import { distance, number, t } from '../../../i18n/index.ts';
import { decibel } from '../format.ts';

/** How far the level is above or below what is required, in words. */
export function marginText({ level_dbm, required_dbm }: Pick<SpotLevel, 'level_dbm' | 'required_dbm'>): string {
  const margin = level_dbm - required_dbm;
  return t(margin >= 0 ? 'spot.above' : 'spot.below', { margin: decibel(Math.abs(margin)) });
}

/** What the picture shows, in one or two sentences: line of sight, worst clearance, gaps. */
export function profileText(path: RadioPath): string {
  const { line_of_sight, worst_clearance: worst, profile, incomplete } = path;
  const parts = [t('profile.desc', { site: path.site.code, distance: distance(path.distance_m) })];
  if (line_of_sight !== null) parts.push(t(line_of_sight ? 'profile.sight' : 'profile.no_sight'));
  if (worst) {
    parts.push(
      t(worst.clearance_m < 0 ? 'profile.worst_above' : 'profile.worst_below', {
        metres: number(Math.abs(worst.clearance_m), 1),
        distance: distance(worst.distance_m),
        times: number(Math.abs(worst.ratio), 1),
      }),
    );
  }
  if (profile === null) parts.push(t('profile.none'));
  else if (incomplete) parts.push(t('profile.incomplete'));
  return parts.join(' ');
}
