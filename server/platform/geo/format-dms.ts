export type Axis = 'lon' | 'lat';

/** Letters of the hemispheres [positive, negative]. In Vietnamese N is Nam, south: the two sets must not be mixed. */
const LETTERS = {
  vi: { lat: ['B', 'N'], lon: ['Đ', 'T'] },
  en: { lat: ['N', 'S'], lon: ['E', 'W'] },
} as const;

export interface DmsOptions {
  language?: 'vi' | 'en';
  /** Decimals of the seconds; 2 is 0.3 m. */
  decimals?: number;
}

/** Degrees as degrees, minutes and seconds with a hemisphere letter: 21.325 → `21°19′30.00″B`. Rounds once, so never 60″. */
export function formatDms(degrees: number, axis: Axis, options: DmsOptions = {}): string {
  const { language = 'vi', decimals = 2 } = options;
  const scale = 10 ** decimals;
  const ticks = Math.round(Math.abs(degrees) * 3600 * scale);
  const seconds = (ticks % (60 * scale)) / scale;
  const minutes = Math.floor(ticks / (60 * scale)) % 60;
  const whole = Math.floor(ticks / (3600 * scale));
  const letter = LETTERS[language][axis][degrees < 0 && ticks > 0 ? 1 : 0];
  const secondsText = seconds.toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, '0');
  return `${whole}°${String(minutes).padStart(2, '0')}′${secondsText}″${letter}`;
}
