import type { Summary } from '../../../../server/contract/wire.ts';
import { day, number, t, term } from '../../i18n/index.ts';

type Indicator = Summary['indicators'][number];

/** Where the inventory can count what was reported, the count. */
const counted: Record<string, (summary: Summary) => number | null> = {
  bts_sites: (summary) => summary.counts.sites,
  district_centres_on_fibre: (summary) => summary.district_centres.on_fibre,
  communes_with_fixed_and_mobile_telephone: (summary) => summary.communes.covered,
};

const billion = 1e9;

function shownValue({ value, text_value: text, unit_of_measure: unit }: Indicator): string {
  if (value === null) return text === null ? '–' : term('indicator_text', text);
  const inBillions = unit === 'VND' && Math.abs(value) >= billion;
  const figure = number(inBillions ? value / billion : value, 2);
  const measure = unit ? term('unit', inBillions ? 'billion_vnd' : unit) : '';
  return `${figure} ${measure === '–' ? '' : measure}`.trim();
}

/** The reported figures of the year beside what is counted. */
export function Indicators({ summary }: { summary: Summary }) {
  const { indicators } = summary;
  if (indicators.length === 0) return null;
  const computed = new Map(
    indicators.filter((item) => item.kind === 'computed').map((item) => [item.indicator, item.value]),
  );
  const reported = indicators.filter((item) => item.kind === 'reported');
  const sources = [...new Set(reported.map((item) => item.source))];
  return (
    <section class="card">
      <table class="figures">
        <caption>{`${t('summary.reported')} · ${reported[0]?.year ?? ''}`}</caption>
        <thead>
          <tr>
            <th scope="col">{t('summary.indicator')}</th>
            <th scope="col" class="numeric">
              {t('summary.value', { year: String(reported[0]?.year ?? '') })}
            </th>
            <th scope="col" class="numeric">
              {t('summary.computed', { date: day(summary.at) })}
            </th>
          </tr>
        </thead>
        <tbody>
          {reported.map((item) => (
            <tr key={item.indicator}>
              <th scope="row">{term('indicator', item.indicator)}</th>
              <td class="numeric">{shownValue(item)}</td>
              <td class="numeric">
                {number(computed.get(item.indicator) ?? counted[item.indicator]?.(summary) ?? null)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{t('summary.reported_note')}</p>
      {sources.map((source) => (
        <p key={source} class="hint">{`${t('summary.source')}: ${source}`}</p>
      ))}
    </section>
  );
}
