import type { CoverageRun } from '../../../../server/contract/wire.ts';
import { number, percent, t, term } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { visibleGroups } from '../../state/layer-groups.ts';
import { NoTerrainItem } from '../../ui/no-terrain-item.tsx';
import { requiredLevel_dbm, shadowingMargin_db, signalBands } from './bands.ts';
import { type LegendClass, legendClasses } from './classes.ts';
import type { CoverageData } from './data.ts';
import { measuredClasses } from './measured.ts';
import { ClassSwatch, GapSwatch, MeasuredSwatch } from './swatches.tsx';
import { dbm, levelRange, subjectText } from './words.ts';

interface LegendProps {
  app: AppContext;
  data: CoverageData;
}

function classLabel({ from, to }: LegendClass, isCentre: boolean): string {
  if (from === null) return t('coverage_status.unknown');
  if (isCentre) return t(from === 0 ? 'coverage.centre_no' : 'coverage.centre_yes');
  if (to === null) return t('coverage.class_from', { from });
  return from === 0 ? t('coverage.class_below', { to }) : t('coverage.class_between', { from, to });
}

/** Whether hills count; where heights are known for a part only, how large that is. */
function legendTerrain({ terrain_source, terrain }: CoverageRun): string {
  if (terrain_source === null) return t('coverage.legend_flat');
  const share = terrain?.['pct_squares'];
  return typeof share === 'number' && share < 99.95
    ? t('coverage.legend_terrain_part', { share: percent(share) })
    : t('coverage.legend_terrain');
}

/** The run behind the colours: threshold, model and version, terrain or not. */
function RunLines({ data, run }: { data: CoverageData; run: CoverageRun | null }) {
  if (!run || !data.isComputed.value) return <p class="coverage-legend-note">{t('coverage.legend_no_run')}</p>;
  const technology = data.technology.value;
  const threshold = run.thresholds[technology];
  return (
    <p class="coverage-legend-note">
      {threshold !== undefined && (
        <>
          {t('coverage.legend_threshold', { technology, level: dbm(threshold) })}
          <br />
        </>
      )}
      {t('coverage.legend_model', { model: modelName(run), version: run.model_version })}
      <br />
      {legendTerrain(run)}
    </p>
  );
}

/** The mark of communes that are unknown, and how many they are. */
function UnknownItem({ data }: { data: CoverageData }) {
  const count = data.shown.value.filter(({ status }) => status === 'unknown').length;
  return (
    <li>
      <ClassSwatch colour={null} />
      <span>{t('coverage.unknown_communes')}</span>
      <span class="legend-count" aria-label={t('coverage.legend_communes', { count })}>
        {number(count)}
      </span>
    </li>
  );
}

/** The models of a run by their names, `Okumura–Hata + COST-231`. */
export const modelName = (run: Pick<CoverageRun, 'model'>): string =>
  run.model
    .split('+')
    .map((part) => term('model', part))
    .join(' + ');

export function CoverageLegend({ app, data }: LegendProps) {
  const { rule } = data.choice.value;
  const run = data.communes.state.value.data?.run ?? null;
  return (
    <div class="legend-coverage">
      <p class="legend-subject">
        {subjectText(app, data)}
        <br />
        {t(`coverage.legend_rule_${rule}`)}
      </p>
      <ul class="legend-list" aria-label={t(`coverage.legend_rule_${rule}`)}>
        {legendClasses(data.shown.value, rule).map((item) => (
          <li key={item.index}>
            <ClassSwatch colour={item.colour} />
            <span>{classLabel(item, rule === 'centre')}</span>
            <span class="legend-count" aria-label={t('coverage.legend_communes', { count: item.count })}>
              {number(item.count)}
            </span>
          </li>
        ))}
        <NoTerrainItem km2={run?.no_terrain_km2 ?? null} />
      </ul>
      <RunLines data={data} run={run} />
    </div>
  );
}

/** What the map says of bands, and why there are none when there are none. */
function BandsNote({ app, data, run }: LegendProps & { run: CoverageRun | null }) {
  const { filter, coverage } = app.url.state.value;
  if (run && data.isComputed.value && !data.hasBands.value) {
    return <p class="coverage-legend-note">{t('coverage.bands_old_run')}</p>;
  }
  const threshold = run?.thresholds[data.technology.value];
  const margin = run ? shadowingMargin_db(run) : null;
  return (
    <>
      {threshold !== undefined && margin !== null && (
        <p class="coverage-legend-note">
          {t('coverage.bands_covered_from', { threshold: dbm(threshold), margin: number(margin, 1) })}
        </p>
      )}
      {!filter.operator && (
        <p class="coverage-legend-note">
          {t(coverage.scope === 'at_least_two' ? 'coverage.bands_at_least_two' : 'coverage.bands_any')}
        </p>
      )}
    </>
  );
}

/** Signal bands, strongest first, with the levels of the chosen technology. */
export function BandsLegend({ app, data }: LegendProps) {
  const run = data.communes.state.value.data?.run ?? null;
  const bands = signalBands(run && requiredLevel_dbm(run, data.technology.value));
  const shown = data.hasBands.value ? bands.reverse() : bands.slice(0, 1);
  return (
    <div class="legend-coverage">
      <p class="legend-subject">{subjectText(app, data)}</p>
      <ul class="legend-list" aria-label={t('layer.coverage_area')}>
        {shown.map(({ level_db, from_dbm, to_dbm, colour }) => (
          <li key={level_db}>
            <ClassSwatch colour={colour} />
            <span>{t(`coverage.band_${level_db}`)}</span>
            <span class="legend-count">{levelRange(from_dbm, data.hasBands.value ? to_dbm : null)}</span>
          </li>
        ))}
        {/* The legend of gaps, which stands below, has it then. */}
        {!visibleGroups(app.url.state.value).includes('gaps') && <UnknownItem data={data} />}
        <NoTerrainItem km2={run?.no_terrain_km2 ?? null} />
      </ul>
      <BandsNote app={app} data={data} run={run} />
    </div>
  );
}

export function GapsLegend({ data }: { data: CoverageData }) {
  const kind = data.gaps.kind.value;
  return (
    <ul class="legend-list">
      <li>
        <GapSwatch kind={kind} />
        {`${t(`gap.${kind}`)} (${t('app.estimated').toLowerCase()})`}
      </li>
      <UnknownItem data={data} />
    </ul>
  );
}

/** Measured points of the selected commune by class of level; says what to do when there are none to show. */
export function MeasuredLegend({ app, data }: LegendProps) {
  const { commune, subject, points } = data.evidence;
  const run = data.communes.state.value.data?.run ?? null;
  const threshold = subject.value && run?.thresholds[subject.value.technology];
  const { data: list, status } = points.state.value;
  if (!commune.value || !subject.value || typeof threshold !== 'number') {
    return <p class="coverage-legend-note">{t('measured.choose')}</p>;
  }
  if (!list || status !== 'ready') return <p class="coverage-legend-note">{t('app.loading')}</p>;
  const { operator, technology } = subject.value;
  return (
    <div class="legend-coverage">
      <p class="legend-subject">
        {t('coverage.legend_subject', { technology, operator: operatorName(app, operator) })}
        {` · ${commune.value.name}`}
      </p>
      {list.items.length === 0 ? (
        <p class="coverage-legend-note">{t('measured.none')}</p>
      ) : (
        <ul class="legend-list" aria-label={t('layer.measurements')}>
          {measuredClasses(list.items, threshold).map(({ index, from_dbm, to_dbm, colour, count }) => (
            <li key={index}>
              <MeasuredSwatch colour={colour} below={index < 2} />
              <span>{levelRange(from_dbm, to_dbm)}</span>
              <span class="legend-count" aria-label={t('measured.points', { count })}>
                {number(count)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {list.items.length < list.numberMatched && (
        <p class="coverage-legend-note">
          {t('measured.first', { shown: list.items.length, total: list.numberMatched })}
        </p>
      )}
      <p class="coverage-legend-note">{t('coverage.legend_threshold', { technology, level: dbm(threshold) })}</p>
    </div>
  );
}
