import { number, t } from '../i18n/index.ts';
import { limitedNumber, typedNumber } from './limited-number.ts';
import { TextField } from './text-field.tsx';
import { ValueField, wrongWithKept } from './value-field.tsx';

interface LimitedProps {
  label: string;
  limits: readonly [least: number, most: number];
  isWhole?: boolean;
}

const reasonFor = ([least, most]: LimitedProps['limits'], isWhole: boolean): string =>
  t(isWhole ? 'app.wrong_count' : 'app.wrong_number', { least: number(least, 3), most: number(most, 3) });

interface NumberFieldProps extends LimitedProps {
  value: number;
  onChange: (value: number) => void;
}

/** A number that there must be. */
export function NumberField({ label, limits, isWhole = false, value, onChange }: NumberFieldProps) {
  return (
    <ValueField
      label={label}
      value={value}
      text={typedNumber(value)}
      read={(text) => {
        const typed = limitedNumber(text, limits, isWhole);
        return typed === 'wrong' ? null : typed;
      }}
      reason={reasonFor(limits, isWhole)}
      onChange={onChange}
    />
  );
}

interface OptionalNumberFieldProps extends LimitedProps {
  value: number | null;
  placeholder?: string;
  onChange: (value: number | null) => void;
}

/** A number that may be left out, as of a filter: it counts when the typing pauses. */
export function OptionalNumberField({
  label,
  limits,
  isWhole = false,
  value,
  placeholder,
  onChange,
}: OptionalNumberFieldProps) {
  const text = value === null ? '' : typedNumber(value);
  const read = (typed: string): number | null | 'wrong' => limitedNumber(typed, limits, isWhole);
  return (
    <TextField
      label={label}
      value={text}
      placeholder={placeholder}
      inputMode="decimal"
      wrong={(typed) => (read(typed) === 'wrong' ? wrongWithKept(reasonFor(limits, isWhole), text) : null)}
      onChange={(typed) => {
        const meant = read(typed);
        if (meant !== 'wrong') onChange(meant);
      }}
    />
  );
}
