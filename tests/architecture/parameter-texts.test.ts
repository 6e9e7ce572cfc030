import { afterEach, describe, expect, it } from 'vitest';
import { en } from '../../client/src/i18n/en.ts';
import { setLanguage } from '../../client/src/i18n/index.ts';
import { parameterText } from '../../client/src/i18n/parameter-text.ts';
import { vi } from '../../client/src/i18n/vi.ts';
import { technologies } from '../../server/contract/site-filter.ts';
import { BROADCAST_PARAMETERS } from '../../server/domains/coverage/broadcast/compute-broadcast.ts';
import { DEFAULT_PARAMETERS } from '../../server/domains/coverage/rules/coverage-parameters.ts';

/** What a run records, the page has words for: neither room may import the other to see to it. */

const isTechnology = (name: string): boolean => technologies.some((known) => known === name);

/** The names in a value, nested ones too. */
function names(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(names);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...names(part)]);
}

afterEach(() => setLanguage('vi'));

describe.each(['vi', 'en'] as const)('parameters of a run, in %s', (lang) => {
  it.each(Object.entries({ ...BROADCAST_PARAMETERS, ...DEFAULT_PARAMETERS }))(
    '%s has a name and values in words',
    (name, value) => {
      // Thresholds have lines of their own.
      if (name === 'threshold_dbm') return;
      setLanguage(lang);
      const texts = { vi, en }[lang];
      for (const key of [name, ...names(value)].filter((key) => !isTechnology(key))) {
        expect([`parameter.${key}`, `cell_flag.${key}`].filter((text) => text in texts)).toHaveLength(1);
      }
      expect(parameterText(name, value)).not.toMatch(/[a-z]_[a-z]|null|true|false|undefined|[{}"]|\w-hata|tr38901/);
    },
  );
});

describe('a value of a parameter', () => {
  it('is written for readers: codes without separators, limits without a number, words and yes or no', () => {
    expect(parameterText('grid_srid', 9208)).toBe('9208');
    expect(parameterText('doubtful_position_m', 3000)).toBe('3.000');
    expect(parameterText('effective_height', true)).toBe('Có');
    expect(parameterText('feeder_loss_db', { '2G': 3, '4G': 0.5 })).toBe('2G: 3 · 4G: 0,5');
    expect(parameterText('range_caps', DEFAULT_PARAMETERS.range_caps)).toBe(
      'băng tần đến (MHz): 1.000 · cự ly (m): 15.000; băng tần đến (MHz): mọi băng tần cao hơn · cự ly (m): 8.000',
    );
    setLanguage('en');
    expect(parameterText('model_rules', DEFAULT_PARAMETERS.model_rules.slice(1, 3))).toBe(
      'band up to (MHz): 2,200 · model: COST-231; surroundings: Urban · model: TR 38.901 UMa',
    );
  });
});
