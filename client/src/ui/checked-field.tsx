import { useId } from 'preact/hooks';

interface CheckedFieldProps {
  label: string;
  text: string;
  /** Why the text cannot be meant; null: it can. */
  wrong: string | null;
  placeholder?: string | undefined;
  inputMode?: 'text' | 'decimal';
  maxLength?: number;
  onInput: (text: string) => void;
  /** Enter was pressed, or the field left. */
  onCommit?: () => void;
}

/** A labelled text box, for a number unless told otherwise, which says at once what is wrong with its text. */
export function CheckedField({
  label,
  text,
  wrong,
  placeholder,
  inputMode = 'decimal',
  maxLength = 20,
  onInput,
  onCommit,
}: CheckedFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={inputMode}
        value={text}
        placeholder={placeholder}
        maxLength={maxLength}
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
