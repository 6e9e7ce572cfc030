import type { BroadcastFlag, TransmitterItem } from '../../../../server/contract/broadcast.ts';
import { number, t, term } from '../../i18n/index.ts';

/** `104 MHz`, below 1 MHz `684 kHz`. */
export const frequencyText = (mhz: number): string =>
  mhz < 1 ? `${number(mhz * 1_000, 1)} kHz` : `${number(mhz, 3)} MHz`;

/** `5 kW`, below 1 kW `500 W`. */
export const powerText = (watts: number): string =>
  watts < 1_000 ? `${number(watts, 1)} W` : `${number(watts / 1_000, 2)} kW`;

/** Field strength that counts as served, with what it is from; null when there is none. */
export function thresholdText(item: TransmitterItem): string | null {
  const { threshold_dbuv_m: country, threshold_urban_dbuv_m: town, threshold_source: source } = item;
  if (country === null) return null;
  const values =
    town === null
      ? `${number(country, 1)} dBµV/m`
      : t('broadcast.threshold_both', { country: number(country, 1), town: number(town, 1) });
  return source === null ? values : `${values} (${term('threshold_source', source)})`;
}

/** Whether a flag is a reason to doubt the figure, not only a note of what was used. */
export const isDoubt = (flag: BroadcastFlag): boolean =>
  flag !== 'threshold_by_surroundings' && flag !== 'threshold_given';
