import { useId } from 'preact/hooks';

interface CheckedFieldProps {
  label: string;
  text: string;
  /** Why the text cannot be meant; null: it can. */
  wrong: string | null;
  placeholder?: string;
  onInput: (text: string) => void;
  /** Enter was pressed, or the field left. */
  onCommit?: () => void;
}

/** A labelled box for a number written as text, which says at once what is wrong with it. */
export function CheckedField({ label, text, wrong, placeholder, onInput, onCommit }: CheckedFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        value={text}
        placeholder={placeholder}
        maxLength={20}
        autocomplete="off"
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onInput={(event) => onInput(event.currentTarget.value)}
        onBlur={onCommit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onCommit?.();
        }}
      />
      {wrong !== null && (
        <small id={`${id}-wrong`} class="field-wrong">
          {wrong}
        </small>
      )}
    </div>
  );
}
