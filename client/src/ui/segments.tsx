interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** Several rows of so many; one row without it. */
  columns?: 4;
}

/** A row of buttons of which one is pressed. */
export function Segments<T extends string>({ label, value, options, onChange, columns }: SegmentsProps<T>) {
  return (
    <fieldset class={columns ? `segments segments-${columns}` : 'segments'} aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
