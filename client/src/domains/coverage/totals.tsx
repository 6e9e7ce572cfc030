import type { CommuneCoverageList } from '../../../../server/contract/wire.ts';
import { number, percent, t } from '../../i18n/index.ts';
import type { CoverageRule } from '../../state/coverage-choice.ts';
import { Bar } from '../../ui/bar.tsx';
import { areaBand, peopleBand } from './words.ts';

interface FigureProps {
  label: string;
  part: string;
  whole: string;
  value: number | null;
  band?: string | null;
  chosen: boolean;
}

function Figure({ label, part, whole, value, band = null, chosen }: FigureProps) {
  return (
    <div class={chosen ? 'ratio coverage-ratio-chosen' : 'ratio'}>
      <div class="ratio-line">
        <span>{label}</span>
        <strong>{percent(value)}</strong>
      </div>
      <Bar value={value} />
      <p class="hint">{t('app.of', { part, whole })}</p>
      {band && <p class="hint">{band}</p>}
    </div>
  );
}

/** How many unknown communes there are, what is left out of the sums with them, and what of it is covered for certain. */
function UnknownNote({ items }: Pick<CommuneCoverageList, 'items'>) {
  const unknown = items.filter((item) => item.status === 'unknown');
  const sum = (value: (item: CommuneCoverageList['items'][number]) => number | null): number =>
    unknown.reduce((total, item) => total + (value(item) ?? 0), 0);
  if (unknown.length === 0) return null;
  const leftOut = {
    people: number(sum((item) => item.population)),
    area: number(
      sum((item) => item.area_km2),
      0,
    ),
  };
  const [people, area] = [sum((item) => item.people_at_least), sum((item) => item.area_at_least_km2)];
  return (
    <p class="hint">
      {t('coverage.unknown_note', { count: unknown.length })} {t('coverage.unknown_left_out', leftOut)}{' '}
      {area > 0 && t('coverage.unknown_at_least', { people: number(people), area: number(area, 0) })}
    </p>
  );
}

/** Sums over the communes with a known status, by all three rules; the chosen rule stands out. */
export function Totals({
  totals,
  items,
  rule,
}: Pick<CommuneCoverageList, 'totals' | 'items'> & { rule: CoverageRule }) {
  const known = totals.communes - totals.communes_unknown;
  const share = (part: number): number | null => (known > 0 ? (100 * part) / known : null);
  return (
    <section class="card coverage-totals" aria-label={t('coverage.title')}>
      <Figure
        label={t('coverage.people')}
        part={number(totals.people_covered)}
        whole={number(totals.population)}
        value={totals.pct_pop}
        band={totals.people_low < totals.people_high ? peopleBand(totals.people_low, totals.people_high) : null}
        chosen={rule === 'people'}
      />
      <Figure
        label={t('coverage.area')}
        part={`${number(totals.area_covered_km2, 1)} km²`}
        whole={`${number(totals.area_km2, 1)} km²`}
        value={totals.pct_area}
        band={totals.area_low_km2 < totals.area_high_km2 ? areaBand(totals.area_low_km2, totals.area_high_km2) : null}
        chosen={rule === 'area'}
      />
      <Figure
        label={t('coverage.centres')}
        part={number(totals.communes_centre_covered)}
        whole={number(known)}
        value={share(totals.communes_centre_covered)}
        chosen={rule === 'centre'}
      />
      <Figure
        label={t('coverage.communes')}
        part={number(totals.communes_covered)}
        whole={number(known)}
        value={share(totals.communes_covered)}
        chosen={false}
      />
      <UnknownNote items={items} />
    </section>
  );
}
