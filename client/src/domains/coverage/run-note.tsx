import type { CoverageRun } from '../../../../server/contract/wire.ts';
import { day, moment, percent, t, term } from '../../i18n/index.ts';
import { parameterName, parameterText } from '../../i18n/parameter-text.ts';
import type { AppContext } from '../../state/app-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { CoverageData } from './data.ts';
import { JobBox } from './job-box.tsx';
import { modelName } from './legend.tsx';
import { dbm } from './words.ts';

/** The frame of the grid says nothing to a reader, its size and system stand beside it; the method has its own line. */
const hiddenParameters: ReadonlySet<string> = new Set(['grid', 'threshold_dbm', 'population_method']);

/** The ground heights of a run: their source, and how much of the province they cover where the run tells. */
function terrainText({ terrain_source, terrain }: CoverageRun): string {
  if (terrain_source === null) return t('coverage.terrain_none');
  const share = terrain?.['pct_squares'];
  return typeof share === 'number' && share < 100
    ? t('coverage.terrain_share', { source: terrain_source, share: percent(share) })
    : terrain_source;
}

function RunFacts({ run }: { run: CoverageRun }) {
  return (
    <Facts
      items={[
        ...Object.entries(run.thresholds).map(
          ([technology, value]) => [t('coverage.threshold', { technology }), dbm(value)] as const,
        ),
        [t('coverage.terrain'), terrainText(run)],
        [t('coverage.population_spread'), term('population_method', run.population_method)],
        [t('coverage.computed'), moment(run.created_at)],
        ...Object.entries(run.parameters)
          .filter(([name]) => !hiddenParameters.has(name))
          .map(([name, value]) => [parameterName(name), parameterText(name, value)] as const),
      ]}
    />
  );
}

interface RunNoteProps {
  app: AppContext;
  data: CoverageData;
  run: CoverageRun | null;
  /** With the button that computes again: once on the page is enough. */
  withJob?: boolean;
}

/** Says that figures are modelled: model, version, day, and whether they are of another day or the inventory has moved on. */
export function RunNote({ app, data, run, withJob = false }: RunNoteProps) {
  if (!run || !data.isComputed.value) {
    return (
      <div class="run-note">
        <Notice tone="info">
          {run ? t('coverage.no_technology', { technology: data.technology.value }) : t('coverage.no_run')}
        </Notice>
        <JobBox app={app} data={data} isNeeded />
      </div>
    );
  }
  const isOld = run.for_other_day || run.stale;
  return (
    <div class="run-note">
      <p>
        <Badge tone="info">{t('app.estimated')}</Badge>{' '}
        {t('coverage.estimated', { model: modelName(run), version: run.model_version, date: day(run.created_at) })}{' '}
        {t('coverage.at', { date: day(run.at) })} {t('coverage.run_terrain', { terrain: terrainText(run) })}
      </p>
      {run.for_other_day && (
        <Notice tone="warn">{t('coverage.other_day', { asked: day(app.day.value), date: day(run.at) })}</Notice>
      )}
      {run.stale && !run.for_other_day && <Notice tone="warn">{t('coverage.stale')}</Notice>}
      {withJob && run.note && <Notice tone="warn">{t('coverage.old_run')}</Notice>}
      <div class="coverage-run-actions">
        {withJob && <JobBox app={app} data={data} isNeeded={isOld} />}
        <details>
          <summary>{t('coverage.thresholds')}</summary>
          <RunFacts run={run} />
        </details>
      </div>
    </div>
  );
}
