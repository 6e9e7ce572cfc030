import { type Dispatch, type StateUpdater, useRef, useState } from 'preact/hooks';

/**
 * What is typed in a field: it begins as `value`, and begins again whenever that becomes another, as by the back button.
 * Not by an effect: on a slow page effects run after the first letters were typed, and would take them away.
 * @param of what the value belongs to, where the value itself does not tell; compared by identity
 */
export function useDraft<T>(value: T, of: unknown = value): [draft: T, setDraft: Dispatch<StateUpdater<T>>] {
  const [draft, setDraft] = useState(value);
  const drafted = useRef(of);
  if (drafted.current === of) return [draft, setDraft];
  drafted.current = of;
  setDraft(() => value);
  return [value, setDraft];
}
