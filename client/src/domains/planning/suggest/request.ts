import type { Signal } from '@preact/signals';
import type {
  PlannedChange,
  Suggestion,
  SuggestRequest,
  SuggestResult,
} from '../../../../../server/contract/planning.ts';
import { ApiError } from '../../../api/api-error.ts';
import type { AppContext } from '../../../state/app-context.ts';
import type { Subject, SuggestState } from '../state.ts';

export const sharingChoices = ['first', 'only', 'never'] as const;

/** What is chosen for the suggestions, beside operator, technology, day and district of the shared filter. */
export interface SuggestForm {
  count: number;
  sharing: (typeof sharingChoices)[number];
  spacing_urban_m: number;
  spacing_rural_m: number;
  antenna_height_m: number;
}

export const initialForm: SuggestForm = {
  count: 5,
  sharing: 'first',
  spacing_urban_m: 100,
  spacing_rural_m: 400,
  antenna_height_m: 45,
};

/** The question as the server is asked it. */
export function suggestRequest(subject: Subject, district: string | undefined, form: SuggestForm): SuggestRequest {
  return { ...subject, ...form, ...(district && { district }) };
}

/** The change that takes a suggestion over. */
export const takenOver = ({ site_id, lon, lat, antenna_height_m }: Suggestion): PlannedChange =>
  site_id === null ? { kind: 'add', lon, lat, antenna_height_m } : { kind: 'add', site_id, antenna_height_m };

/** The changes that take suggestions over, without those that are in the list of changes already. */
export function takenOverOnce(items: readonly Suggestion[], present: readonly PlannedChange[]): PlannedChange[] {
  const known = new Set(present.map((change) => JSON.stringify(change)));
  return items.map(takenOver).filter((change) => !known.has(JSON.stringify(change)));
}

/** West, south, east and north of places; null without any. */
export function boundsOf(places: readonly { lon: number; lat: number }[]): [number, number, number, number] | null {
  const [lons, lats] = [places.map(({ lon }) => lon), places.map(({ lat }) => lat)];
  return places.length > 0 ? [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)] : null;
}

/**
 * Asks for suggestions; the answer to an older question is dropped. The map shows where they are, but not again when
 * only the words are of another language.
 */
export function createSuggestAsk(
  app: AppContext,
  suggest: Signal<SuggestState>,
): (request: SuggestRequest, isAgain?: boolean) => Promise<void> {
  let controller: AbortController | null = null;
  return async (request, isAgain = false) => {
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    suggest.value = { ...suggest.peek(), status: 'loading', error: null };
    try {
      const result = await app.api.post<SuggestResult>('/coverage/suggest', request, mine.signal);
      if (mine.signal.aborted) return;
      suggest.value = { status: 'ready', request, result, error: null };
      const bbox = boundsOf(result.items);
      if (bbox && !isAgain) app.session.camera.value = { bbox };
    } catch (error) {
      if (mine.signal.aborted) return;
      const told = error instanceof ApiError ? error : new ApiError(0, null, String(error), { cause: error });
      suggest.value = { ...suggest.peek(), status: 'error', error: told };
    }
  };
}
