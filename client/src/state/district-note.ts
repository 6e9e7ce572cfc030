import { day, t } from '../i18n/index.ts';
import type { AppContext } from './app-context.ts';

/** Says that districts no longer exist on the day, in the language of the page. */
export function districtNote(app: AppContext): string {
  return t('app.district_note', { date: day(app.reference.vintage.value?.valid_from) });
}
