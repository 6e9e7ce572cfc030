interface BarProps {
  /** 0–100; null is unknown. */
  value: number | null;
  colour?: string | undefined;
}

/** A small bar beside a figure that says the same. */
export function Bar({ value, colour }: BarProps) {
  return (
    <svg
      class={value === null ? 'bar bar-unknown' : 'bar'}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="bar-track" width="100" height="6" />
      {value !== null && (
        <rect
          class="bar-value"
          width={Math.min(Math.max(value, 0), 100)}
          height="6"
          {...(colour && { fill: colour })}
        />
      )}
    </svg>
  );
}
