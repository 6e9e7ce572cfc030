import { useEffect, useRef } from 'preact/hooks';
import { CheckedField } from './checked-field.tsx';
import { useDraft } from './use-draft.ts';

interface TextFieldProps {
  label: string;
  value: string;
  placeholder?: string | undefined;
  inputMode?: 'text' | 'decimal';
  /** Why a text cannot be meant; null: it can. */
  wrong?: (text: string) => string | null;
  onChange: (value: string) => void;
}

const typingPauseMs = 350;

/** A labelled text box that tells its value when the typing pauses. */
export function TextField({ label, value, placeholder, inputMode = 'text', wrong, onChange }: TextFieldProps) {
  const [text, setText] = useDraft(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const input = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next.trim()), typingPauseMs);
  };
  return (
    <CheckedField
      label={label}
      text={text}
      placeholder={placeholder}
      inputMode={inputMode}
      maxLength={100}
      wrong={wrong?.(text) ?? null}
      onInput={input}
    />
  );
}
