import { useEffect, useId, useRef } from 'preact/hooks';
import { useDraft } from './use-draft.ts';

interface TextFieldProps {
  label: string;
  value: string;
  placeholder?: string;
  inputMode?: 'text' | 'decimal';
  onChange: (value: string) => void;
}

const typingPauseMs = 350;

/** A labelled text box that tells its value when the typing pauses. */
export function TextField({ label, value, placeholder, inputMode, onChange }: TextFieldProps) {
  const id = useId();
  const [text, setText] = useDraft(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const input = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next.trim()), typingPauseMs);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={text}
        placeholder={placeholder}
        inputMode={inputMode}
        maxLength={100}
        autocomplete="off"
        onInput={(event) => input(event.currentTarget.value)}
      />
    </div>
  );
}
