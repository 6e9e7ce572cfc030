import type { GapItem } from '../../../../server/contract/wire.ts';
import { distance, number, t, term } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { select } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import type { CoverageData } from './data.ts';
import { GapSwatch } from './legend.tsx';
import type { CoveragePanelProps } from './panel.tsx';
import { RunNote } from './run-note.tsx';

const namedCommunes = 2;

export function gapPlace({ communes }: GapItem): string {
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
            <strong>{t('gaps.people', { people: gap.people })}</strong>
            <span class="row-name">
              <GapSwatch kind={gap.kind} /> {`${number(gap.area_km2, 2)} km²`}
            </span>
          </span>
          <span class="row-middle">{gapPlace(gap) || term('gap', gap.kind)}</span>
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
  const items = data.gaps.items.value;
  const more = data.gaps.more.value;
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
          <Button onClick={data.gaps.loadMore} disabled={more === 'loading'}>
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
  return t(data.spots.value === 'white' ? 'gaps.intro_white' : 'gaps.intro_grey', { technology });
}

function SpotChoice({ data }: { data: CoverageData }) {
  return (
    <fieldset class="spot-choice">
      <legend class="visually-hidden">{t('gaps.kinds')}</legend>
      {(['white', 'grey'] as const).map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name="spots"
            checked={data.spots.value === kind}
            onChange={() => {
              data.spots.value = kind;
            }}
          />
          <GapSwatch kind={kind} />
          {t(`gaps.${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}

function NoGaps({ data }: { data: CoverageData }) {
  if (!data.isComputed.value) return null;
  if (data.gapKind.value !== 'white') return <p class="empty">{t('gaps.empty')}</p>;
  return <p class="notice notice-good">{t('gaps.no_white', { technology: data.technology.value })}</p>;
}

/** Gaps, most people first. With a district filtered by, those that touch it. */
export function GapsPanel({ app, data, CommonFilter }: CoveragePanelProps) {
  const { filter } = app.url.state.value;
  return (
    <>
      <FilterBox>
        <CommonFilter />
      </FilterBox>
      {!filter.operator && <SpotChoice data={data} />}
      <AsyncView resource={data.gaps.first} lines={8}>
        {(list) => (
          <>
            <RunNote app={app} data={data} run={list.run} />
            {data.isComputed.value && (
              <div class="list-head">
                <h2 class="list-count" aria-live="polite">
                  {t(`gaps.count_${data.gapKind.value}`, { count: list.numberMatched })}
                </h2>
                <p class="hint">{introOf(app, data)}</p>
              </div>
            )}
            {list.numberMatched === 0 ? (
              <NoGaps data={data} />
            ) : (
              <GapRows app={app} data={data} total={list.numberMatched} />
            )}
          </>
        )}
      </AsyncView>
    </>
  );
}
