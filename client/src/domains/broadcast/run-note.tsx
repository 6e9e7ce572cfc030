import type { BroadcastRun } from '../../../../server/contract/broadcast.ts';
import { day, moment, t } from '../../i18n/index.ts';
import { parameterName, parameterText } from '../../i18n/parameter-text.ts';
import type { AppContext } from '../../state/app-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { BroadcastData } from './data.ts';

function RunFacts({ run }: { run: BroadcastRun }) {
  return (
    <Facts
      items={[
        [t('coverage.terrain'), run.terrain_source ?? t('coverage.terrain_none')],
        [t('broadcast.computed_on'), moment(run.created_at)],
        ...Object.entries(run.parameters).map(
          ([name, value]) => [parameterName(name), parameterText(name, value)] as const,
        ),
      ]}
    />
  );
}

/** Computing the day: a button where edits over HTTP are possible, else the command that does it; why not where neither can. */
function ComputeBox({ app, data, isNeeded }: { app: AppContext; data: BroadcastData; isNeeded: boolean }) {
  const isEditing = app.session.meta.state.value.data?.editing ?? false;
  const at = app.day.value;
  const isBusy = data.isComputing.value;
  if (!app.reference.isComputable.value) return <p class="hint">{t('problem.no-communes')}</p>;
  return (
    <>
      {data.refused.value !== null && (
        <Notice tone="error">{t('broadcast.refused', { detail: data.refused.value })}</Notice>
      )}
      {isEditing ? (
        <Button kind={isNeeded ? 'primary' : 'plain'} disabled={isBusy} onClick={() => void data.compute()}>
          {isBusy ? t('broadcast.computing') : t('broadcast.compute', { date: day(at) })}
        </Button>
      ) : (
        isNeeded && (
          <p class="hint">
            {t('broadcast.command')} <code class="command">{`npx phusong broadcast compute --at ${at}`}</code>
          </p>
        )
      )}
    </>
  );
}

interface RunNoteProps {
  app: AppContext;
  data: BroadcastData;
  run: BroadcastRun | null;
  /** With the button that computes again: once on the page is enough. */
  withCompute?: boolean;
}

/** Says that figures are modelled, by what, what of it is interpolated, and whether the inventory has moved on. */
export function BroadcastRunNote({ app, data, run, withCompute = false }: RunNoteProps) {
  if (!run) {
    return (
      <div class="run-note">
        <Notice tone="info">{t('broadcast.no_run')}</Notice>
        {withCompute && <ComputeBox app={app} data={data} isNeeded />}
      </div>
    );
  }
  const isOld = run.for_other_day || run.stale;
  return (
    <div class="run-note">
      <p>
        <Badge tone="info">{t('app.estimated')}</Badge>{' '}
        {t('broadcast.estimated', { version: run.model_version, date: day(run.at) })}{' '}
        {t(run.terrain_source === null ? 'broadcast.without_terrain' : 'broadcast.with_terrain')}
      </p>
      <p class="hint">{t('broadcast.interpolated')}</p>
      {run.for_other_day && (
        <Notice tone="warn">{t('coverage.other_day', { asked: day(app.day.value), date: day(run.at) })}</Notice>
      )}
      {run.stale && !run.for_other_day && <Notice tone="warn">{t('broadcast.stale')}</Notice>}
      {withCompute && <ComputeBox app={app} data={data} isNeeded={isOld} />}
      <details>
        <summary>{t('broadcast.parameters')}</summary>
        <RunFacts run={run} />
      </details>
    </div>
  );
}
