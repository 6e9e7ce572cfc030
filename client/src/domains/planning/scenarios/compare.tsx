import type { ComponentChildren } from 'preact';
import type { Scenario, WhatIfResult } from '../../../../../server/contract/planning.ts';
import { day, number, percent, t } from '../../../i18n/index.ts';
import { type AppContext, operatorName } from '../../../state/app-context.ts';
import { signed } from '../format.ts';

/** Operator and technology in words. */
export const subjectText = (
  app: AppContext,
  { operator, technology }: Pick<Scenario, 'operator' | 'technology'>,
): string => `${technology} · ${operator ? operatorName(app, operator) : t('filter.any_operator')}`;

type Figure = (result: WhatIfResult) => string;

const peopleShare = ({ people_covered, population }: WhatIfResult['after']): string =>
  percent(population > 0 ? (100 * people_covered) / population : null);

const figures: readonly (readonly [name: 'before' | 'after' | 'delta', people: Figure, area: Figure])[] = [
  [
    'before',
    ({ before }) => `${number(before.people_covered)} (${peopleShare(before)})`,
    ({ before }) => number(before.area_covered_km2, 1),
  ],
  [
    'after',
    ({ after }) => `${number(after.people_covered)} (${peopleShare(after)})`,
    ({ after }) => number(after.area_covered_km2, 1),
  ],
  ['delta', ({ delta }) => signed(delta.people), ({ delta }) => signed(delta.area_km2, 2)],
];

const ofResult = (figure: Figure) => (item: Scenario) => (item.result ? figure(item.result) : '–');

/** Scenarios side by side. */
export function Comparison({ app, items }: { app: AppContext; items: readonly Scenario[] }) {
  const row = (name: string, value: (item: Scenario) => ComponentChildren, isStrong = false) => (
    <tr key={name} class={isStrong ? 'compare-strong' : ''}>
      <th scope="row">{name}</th>
      {items.map((item) => (
        <td key={item.id} class="numeric">
          {value(item)}
        </td>
      ))}
    </tr>
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it
    <section class="table-scroll compare" aria-label={t('scenario.comparison')} tabIndex={0}>
      <table class="figures">
        <caption>{t('scenario.comparison')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t('scenario.subject')}</span>
            </th>
            {items.map((item) => (
              <th key={item.id} scope="col" class="numeric">
                <strong>{item.name}</strong>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row(t('scenario.subject'), (item) => subjectText(app, item))}
          {row(t('scenario.at'), (item) => day(item.at))}
          {row(t('planning.changes'), (item) => number(item.changes.length))}
          {figures.map(([name, people]) =>
            row(`${t('planning.people')}: ${t(`planning.${name}`).toLowerCase()}`, ofResult(people), name === 'delta'),
          )}
          {figures.map(([name, , area]) =>
            row(`${t('planning.area')}: ${t(`planning.${name}`).toLowerCase()}`, ofResult(area), name === 'delta'),
          )}
          {row(t('scenario.state'), (item) =>
            t(item.result === null ? 'scenario.no_result' : item.result_stale ? 'scenario.stale' : 'scenario.fresh'),
          )}
        </tbody>
      </table>
    </section>
  );
}
