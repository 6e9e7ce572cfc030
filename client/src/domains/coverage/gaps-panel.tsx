import type { GapItem, GapList } from '../../../../server/contract/wire.ts';
import { distance, number, t, term } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { leastAreaKm2Limits, leastPeopleLimits, spotKinds } from '../../state/coverage-choice.ts';
import { select } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { OptionalNumberField } from '../../ui/number-field.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { SubjectFields } from './chooser.tsx';
import { type CoverageData, chooseCoverage } from './data.ts';
import { ExportLinks } from './export-links.tsx';
import type { CoveragePanelProps } from './panel.tsx';
import { RunNote } from './run-note.tsx';
import { GapSwatch } from './swatches.tsx';

const namedCommunes = 2;

function gapPlace({ communes }: GapItem): string {
  const names = communes.slice(0, namedCommunes).map((commune) => commune.name);
  const rest = communes.length - names.length;
  return [names.join(', '), rest > 0 ? t('gaps.more_communes', { count: rest }) : ''].filter(Boolean).join(' ');
}

/** How far the nearest site or node is from the edge of the gap (metres); 0 is inside. */
function nearestText(what: 'site' | 'node', metres: number | null): string {
  if (metres === null) return '';
  return metres === 0 ? t(`gaps.inside_${what}`) : t(`gaps.nearest_${what}`, { distance: distance(metres) });
}

export function openGap(app: AppContext, gap: GapItem): void {
  app.session.camera.value = { bbox: gap.bbox };
  select(app, { kind: 'gap', id: gap.id });
}

function GapRow({ app, gap, selected }: { app: AppContext; gap: GapItem; selected: boolean }) {
  return (
    <li>
      <button
        type="button"
        class="row row-ranked"
        aria-current={selected ? 'true' : undefined}
        onClick={() => openGap(app, gap)}
      >
        <span class={gap.kind === 'grey' ? 'rank rank-grey' : 'rank'}>{number(gap.rank)}</span>
        <span class="row-body">
          <span class="row-top">
            <strong>{t(gap.people_incomplete ? 'gaps.people_at_least' : 'gaps.people', { people: gap.people })}</strong>
            <span class="row-name">
              <GapSwatch kind={gap.kind} /> {`${number(gap.area_km2, 2)} km²`}
            </span>
          </span>
          <span class="row-middle">{gapPlace(gap) || term('gap', gap.kind)}</span>
          {gap.village_count !== null && gap.village_count > 0 && (
            <span class="row-middle">{t('gaps.villages_count', { count: gap.village_count })}</span>
          )}
          <span class="row-bottom">
            {[nearestText('site', gap.nearest_site_m), nearestText('node', gap.nearest_node_m)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </button>
    </li>
  );
}

function GapRows({ app, data, total }: { app: AppContext; data: CoverageData; total: number }) {
  const items = data.gaps.list.items.value;
  const more = data.gaps.list.more.value;
  const { selection } = app.url.state.value;
  return (
    <>
      <ul class="plain-list" aria-label={t('gaps.list')}>
        {items.map((gap) => (
          <GapRow key={gap.id} app={app} gap={gap} selected={selection?.kind === 'gap' && selection.id === gap.id} />
        ))}
      </ul>
      {items.length < total && (
        <div class="list-end">
          <span aria-live="polite">
            {more === 'failed' ? t('app.error') : t('sites.loaded', { loaded: items.length, total })}
          </span>
          <Button onClick={data.gaps.list.loadMore} disabled={more === 'loading'}>
            {more === 'loading' ? t('app.loading') : t('sites.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** What the listed gaps are, in a sentence; a grey spot is not without any operator. */
function introOf(app: AppContext, data: CoverageData): string {
  const { operator } = app.url.state.value.filter;
  const technology = data.technology.value;
  if (operator) return t('gaps.intro', { operator: operatorName(app, operator), technology });
  return t(data.choice.value.spots === 'white' ? 'gaps.intro_white' : 'gaps.intro_grey', { technology });
}

function SpotChoice({ app, data }: { app: AppContext; data: CoverageData }) {
  return (
    <ChoiceRow
      label={t('gaps.kinds')}
      hiddenLabel
      value={data.choice.value.spots}
      options={spotKinds.map((kind) => ({
        value: kind,
        label: (
          <>
            <GapSwatch kind={kind} /> {t(`gaps.${kind}`)}
          </>
        ),
      }))}
      onChange={(spots) => chooseCoverage(app, { spots })}
    />
  );
}

/** Leaves small gaps out of list and file. */
function LeastSizes({ app, data }: { app: AppContext; data: CoverageData }) {
  const { minPeople, minAreaKm2 } = data.choice.value;
  return (
    <div class="filter-grid">
      <OptionalNumberField
        label={t('gaps.min_people')}
        value={minPeople}
        limits={leastPeopleLimits}
        isWhole
        onChange={(people) => chooseCoverage(app, { minPeople: people })}
      />
      <OptionalNumberField
        label={t('gaps.min_area')}
        value={minAreaKm2}
        limits={leastAreaKm2Limits}
        onChange={(areaKm2) => chooseCoverage(app, { minAreaKm2: areaKm2 })}
      />
    </div>
  );
}

/** Without it the list would pass for all that is not covered. */
function NotListed({ rest }: { rest: GapList['not_listed'] }) {
  if (rest === null || rest.too_small.patches + rest.doubtful.area_km2 === 0) return null;
  const { least_km2, too_small: small, doubtful } = rest;
  const people = (count: number): string => (rest.people_incomplete ? '≥ ' : '') + number(count);
  return (
    <p class="hint">
      {t('gaps.not_listed', {
        count: small.patches,
        least: number(least_km2, 2),
        small_area: number(small.area_km2, 2),
        small_people: people(small.people),
        doubtful_area: number(doubtful.area_km2, 2),
        doubtful_people: people(doubtful.people),
      })}
    </p>
  );
}

function NoGaps({ data, rest }: { data: CoverageData; rest: GapList['not_listed'] }) {
  if (!data.isComputed.value) return null;
  // Only where nothing is left out of the list either is there certainly somebody everywhere.
  const isAll = rest !== null && rest.too_small.patches + rest.doubtful.area_km2 === 0;
  if (data.gaps.kind.value !== 'white' || !isAll) return <p class="empty">{t('gaps.empty')}</p>;
  return <p class="notice notice-good">{t('gaps.no_white', { technology: data.technology.value })}</p>;
}

function NoneOfSize() {
  return <p class="empty">{t('gaps.none_of_size')}</p>;
}

/** Gaps, most people first. With a district filtered by, those that touch it. */
export function GapsPanel({ app, data }: CoveragePanelProps) {
  const { filter, coverage } = app.url.state.value;
  const hasLeast = coverage.minPeople !== null || coverage.minAreaKm2 !== null;
  return (
    <>
      <FilterBox>
        <SubjectFields app={app} unions={false} />
        <LeastSizes app={app} data={data} />
      </FilterBox>
      {!filter.operator && <SpotChoice app={app} data={data} />}
      <AsyncView resource={data.gaps.list.first} lines={8}>
        {(list) => (
          <>
            {data.isComputed.value && (
              <div class="list-head">
                <h2 class="list-count" aria-live="polite">
                  {t(`gaps.count_${data.gaps.kind.value}`, { count: list.numberMatched })}
                </h2>
                <p class="hint">{`${introOf(app, data)} ${t('gaps.sums')}`}</p>
                <NotListed rest={list.not_listed} />
              </div>
            )}
            <RunNote app={app} data={data} run={list.run} withJob />
            {data.isComputed.value && (
              <ExportLinks app={app} what="gaps" query={data.gaps.query.value} count={list.numberMatched} />
            )}
            {list.numberMatched > 0 && <GapRows app={app} data={data} total={list.numberMatched} />}
            {list.numberMatched === 0 && (hasLeast ? <NoneOfSize /> : <NoGaps data={data} rest={list.not_listed} />)}
          </>
        )}
      </AsyncView>
    </>
  );
}
