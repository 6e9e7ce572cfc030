import { useId } from 'preact/hooks';

export interface Option {
  value: string;
  label: string;
}

interface SelectFieldProps {
  label: string;
  /** '' is the first option: no choice. */
  value: string;
  anyLabel?: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

/** A labelled drop-down list. A value that is not among the options is kept and shown as it is. */
export function SelectField({ label, value, anyLabel, options, onChange }: SelectFieldProps) {
  const id = useId();
  const known = value === '' || options.some((option) => option.value === value);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {anyLabel !== undefined && <option value="">{anyLabel}</option>}
        {!known && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
