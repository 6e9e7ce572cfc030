import type { ApiError } from '../../api/api-error.ts';
import { t, term } from '../../i18n/index.ts';

const pointer = /^\/changes\/(\d+)(\/|$)/;

/** Why changes are refused, in words, by their place in the list from 0; empty when it is not about changes. */
export function refusedChanges(error: ApiError | null): ReadonlyMap<number, string> {
  const refused = new Map<number, string>();
  for (const { pointer: where, code } of error?.problem?.errors ?? []) {
    const index = Number(pointer.exec(where)?.[1] ?? Number.NaN);
    if (Number.isNaN(index) || refused.has(index)) continue;
    const text = term('refused', code ?? 'value');
    refused.set(index, text === code ? t('refused.value') : text);
  }
  return refused;
}
