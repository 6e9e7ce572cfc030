import { t } from '../i18n/index.ts';
import { CheckedField } from './checked-field.tsx';
import { useDraft } from './use-draft.ts';

interface ValueFieldProps {
  label: string;
  value: number;
  /** The value as it is typed. */
  text: string;
  /** Null for a text that cannot be meant. */
  read: (text: string) => number | null;
  /** Why a text cannot be meant. */
  reason: string;
  onChange: (value: number) => void;
}

/** A value that counts when Enter is pressed or the field left; until it can be meant: what is wrong, and what counts. */
export function ValueField({ label, value, text, read, reason, onChange }: ValueFieldProps) {
  const [draft, setDraft] = useDraft(text, value);
  const meant = read(draft);
  return (
    <CheckedField
      label={label}
      text={draft}
      wrong={meant === null ? wrongWithKept(reason, text) : null}
      onInput={setDraft}
      onCommit={() => {
        if (meant !== null && meant !== value) onChange(meant);
      }}
    />
  );
}

/** The reason, and the value that counts until another one is typed; '': none does. */
export const wrongWithKept = (reason: string, kept: string): string =>
  kept === '' ? reason : `${reason}. ${t('app.still_used', { value: kept })}`;
