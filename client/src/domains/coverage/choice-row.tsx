import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface ChoiceRowProps<T extends string> {
  label: string;
  /** The label is only for those who do not see the page. */
  hiddenLabel?: boolean;
  value: T;
  options: readonly { value: T; label: ComponentChildren }[];
  onChange: (value: T) => void;
}

/** One of a few, all in sight: radio buttons in a row. */
export function ChoiceRow<T extends string>({
  label,
  hiddenLabel = false,
  value,
  options,
  onChange,
}: ChoiceRowProps<T>) {
  const name = useId();
  return (
    <fieldset class="coverage-choice">
      <legend class={hiddenLabel ? 'visually-hidden' : ''}>{label}</legend>
      <div class="coverage-choice-row">
        {options.map((option) => (
          <label key={option.value} class="coverage-option">
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
