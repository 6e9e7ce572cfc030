import type { ComponentChildren } from 'preact';
import type { ScenarioComparison, WhatIfResult } from '../../../../../server/contract/planning.ts';
import { day, number, percent, t } from '../../../i18n/index.ts';
import type { AppContext } from '../../../state/app-context.ts';
import { signed } from '../format.ts';
import { subjectText } from '../subject-text.ts';
import { Warnings } from '../warnings.tsx';

type Compared = ScenarioComparison['items'][number];

const people = ({ people_covered, population }: WhatIfResult['after']) => (
  <>
    {number(people_covered)} <small>{percent(population > 0 ? (100 * people_covered) / population : null)}</small>
  </>
);

const area = ({ area_covered_km2, area_km2 }: WhatIfResult['after']) => (
  <>
    {number(area_covered_km2, 1)} <small>{percent(area_km2 > 0 ? (100 * area_covered_km2) / area_km2 : null)}</small>
  </>
);

interface Row {
  name: string;
  value: (item: Compared) => ComponentChildren;
  isStrong?: boolean;
}

const figure = (of: 'people' | 'area', when: 'before' | 'after' | 'delta'): string =>
  `${t(`planning.${of}`)}: ${t(`planning.${when}`).toLowerCase()}`;

function rows(app: AppContext): Row[] {
  return [
    { name: t('scenario.subject'), value: (item) => subjectText(app, item) },
    { name: t('scenario.at'), value: (item) => day(item.at) },
    { name: t('planning.changes'), value: (item) => number(item.changes) },
    { name: figure('people', 'before'), value: ({ before }) => people(before) },
    { name: figure('people', 'after'), value: ({ after }) => people(after) },
    { name: figure('people', 'delta'), value: ({ delta }) => signed(delta.people), isStrong: true },
    { name: figure('area', 'before'), value: ({ before }) => area(before) },
    { name: figure('area', 'after'), value: ({ after }) => area(after) },
    { name: figure('area', 'delta'), value: ({ delta }) => signed(delta.area_km2, 2), isStrong: true },
  ];
}

function Heads({ items, first }: { items: readonly Compared[]; first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {items.map((item) => (
          <th key={item.id} scope="col" class="numeric">
            <strong>{item.name}</strong>
          </th>
        ))}
      </tr>
    </thead>
  );
}

const shownCommunes = 20;
/** The largest change that any of the scenarios makes in a commune, people. */
const gain = (figures: ScenarioComparison['communes'][number]['figures']): number =>
  Math.max(...figures.map(({ people_before, people_after }) => Math.abs(people_after - people_before)));

function Communes({ comparison }: { comparison: ScenarioComparison }) {
  const sorted = [...comparison.communes].sort((a, b) => gain(b.figures) - gain(a.figures));
  if (sorted.length === 0) return null;
  return (
    <details class="plan-communes">
      <summary>{t('planning.communes', { count: sorted.length })}</summary>
      <table class="figures figures-compact">
        <Heads items={comparison.items} first={t('coverage.commune')} />
        <tbody>
          {sorted.slice(0, shownCommunes).map((commune) => (
            <tr key={commune.id}>
              <th scope="row">{commune.name}</th>
              {commune.figures.map(({ people_before, people_after }, index) => (
                <td key={comparison.items[index]?.id} class="numeric">
                  {signed(people_after - people_before)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shownCommunes && (
        <p class="hint">{t('planning.more_communes', { count: sorted.length - shownCommunes })}</p>
      )}
    </details>
  );
}

/** Scenarios side by side, with what each takes for granted. */
export function Comparison({ app, comparison }: { app: AppContext; comparison: ScenarioComparison }) {
  const { items } = comparison;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it
    <section class="table-scroll compare" aria-label={t('scenario.comparison')} tabIndex={0}>
      <table class="figures">
        <caption>{t('scenario.comparison')}</caption>
        <Heads items={items} first={t('scenario.name')} />
        <tbody>
          {rows(app).map(({ name, value, isStrong }) => (
            <tr key={name} class={isStrong ? 'compare-strong' : ''}>
              <th scope="row">{name}</th>
              {items.map((item) => (
                <td key={item.id} class="numeric">
                  {value(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Communes comparison={comparison} />
      {items.map(({ id, name, warnings }) => (
        <Warnings
          key={id}
          warnings={warnings}
          title={t('scenario.warnings', { name, warnings: t('planning.warnings', { count: warnings.length }) })}
        />
      ))}
      <p class="hint">{t('scenario.compared_over', { count: comparison.communes_compared })}</p>
    </section>
  );
}
