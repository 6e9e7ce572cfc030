import type { BroadcastUnion } from '../../../../server/contract/broadcast.ts';
import { number, percent, t, term } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Bar } from '../../ui/bar.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Flags } from './flags.tsx';

type Declared = BroadcastUnion['declared'][number];

/** A figure of the yearly report with its year. */
const declaredText = ({ value, year }: Declared): string =>
  t('broadcast.declared_in', { share: percent(value), year: String(year) });

interface RatioProps {
  label: string;
  value: number | null;
  part: string;
  whole: string;
  declared: Declared | undefined;
}

/** Computed beside declared, with numerator and denominator. */
function Ratio({ label, value, part, whole, declared }: RatioProps) {
  return (
    <div class="ratio">
      <div class="ratio-line">
        <span>{label}</span>
        <strong>{percent(value)}</strong>
      </div>
      <Bar value={value} />
      <p class="hint">
        {value === null ? t('app.unknown') : t('app.of', { part, whole })}
        {' · '}
        {t('broadcast.declared')}: {declared ? declaredText(declared) : '–'}
      </p>
    </div>
  );
}

/** Any transmitter of the service, beside what the yearly report says of the service as a whole. */
export function UnionCard({ union }: { union: BroadcastUnion }) {
  const of = (ending: string): Declared | undefined =>
    union.declared.find(({ indicator }) => indicator.endsWith(`.${ending}`));
  const [people, area] = [of('population_percent'), of('area_percent')];
  const others = union.declared.filter((declared) => declared !== people && declared !== area);
  const service = term('service', union.service);
  return (
    <section class="card" aria-label={t('broadcast.any_transmitter', { service })}>
      <h3>
        {t('broadcast.any_transmitter', { service })} <Badge tone="info">{t('app.estimated')}</Badge>
      </h3>
      {union.reason !== null && (
        <Notice tone="info">{t('broadcast.not_computed', { reason: term('broadcast_reason', union.reason) })}</Notice>
      )}
      <Ratio
        label={t('broadcast.people')}
        value={union.pct_pop}
        part={number(union.people_covered)}
        whole={number(union.population)}
        declared={people}
      />
      <Ratio
        label={t('broadcast.area')}
        value={union.pct_area}
        part={`${number(union.area_covered_km2, 1)} km²`}
        whole={`${number(union.area_km2, 1)} km²`}
        declared={area}
      />
      {others.map((declared) => (
        <p key={declared.indicator} class="hint">
          {`${t('broadcast.declared')}: ${term('indicator', declared.indicator)} ${declaredText(declared)}`}
        </p>
      ))}
      {union.declared[0] && <p class="hint">{t('broadcast.source', { source: union.declared[0].source })}</p>}
      <Flags flags={union.flags} />
    </section>
  );
}
