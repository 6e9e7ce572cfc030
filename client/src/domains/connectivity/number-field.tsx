import { number, t } from '../../i18n/index.ts';
import { CheckedField } from '../../ui/checked-field.tsx';
import { limitedNumber, typedNumber } from '../../ui/limited-number.ts';

interface NumberFieldProps {
  label: string;
  text: string;
  limits: readonly [number, number];
  onChange: (text: string) => void;
}

/** What a field begins with; nothing for what is left to the server. */
export const fieldText = (value: number | null): string => (value === null ? '' : typedNumber(value));

/** A number within limits that may be left to the server. */
export function NumberField({ label, text, limits, onChange }: NumberFieldProps) {
  const isWrong = limitedNumber(text, limits) === 'wrong';
  return (
    <CheckedField
      label={label}
      text={text}
      placeholder={t('network.preset')}
      wrong={isWrong ? t('app.wrong_number', { least: number(limits[0], 1), most: number(limits[1], 1) }) : null}
      onInput={onChange}
    />
  );
}
