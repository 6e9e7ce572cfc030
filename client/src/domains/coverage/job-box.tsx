import type { CoverageJob } from '../../../../server/contract/index.ts';
import { day, percent, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { CoverageData } from './data.ts';

function stageText({ state, stage, at }: CoverageJob): string {
  const what = state === 'queued' || stage === null ? t('job.queued') : t(`job.stage_${stage}`);
  return t('job.running', { date: day(at), stage: what });
}

function CancelButton({ data, job, label }: { data: CoverageData; job: CoverageJob; label?: string }) {
  const { cancelling, isAsking, cancel } = data.jobs;
  const isCancelling = cancelling.value.has(job.id);
  return (
    <Button disabled={isAsking.value || isCancelling} {...(label && { label })} onClick={() => void cancel(job.id)}>
      {t(isCancelling ? 'job.cancelling' : 'job.cancel')}
    </Button>
  );
}

/** The run under way, or the one whose turn is next, and below it those that wait. */
function Progress({ data, job }: { data: CoverageData; job: CoverageJob }) {
  const waiting = data.jobs.waiting.value;
  return (
    <div class="coverage-job">
      <p aria-live="polite">{stageText(job)}</p>
      <div class="coverage-job-line">
        <progress value={job.done_share} max={1} aria-label={t('job.progress')} />
        <span class="numeric">{percent(job.done_share * 100, 0)}</span>
        <CancelButton data={data} job={job} />
      </div>
      {waiting.length > 0 && (
        <>
          <p class="hint">{t('job.waiting', { count: waiting.length })}</p>
          <ul class="coverage-jobs-waiting" aria-label={t('job.waiting', { count: waiting.length })}>
            {waiting.map((one) => (
              <li key={one.id}>
                <span>{day(one.at)}</span>
                <CancelButton data={data} job={one} label={t('job.cancel_day', { date: day(one.at) })} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Ended({ data, job }: { data: CoverageData; job: CoverageJob }) {
  const tone = { done: 'good', failed: 'error', cancelled: 'info', queued: 'info', running: 'info' }[job.state];
  return (
    <p class={`notice notice-${tone}`} role={job.state === 'failed' ? 'alert' : 'status'}>
      <Icon name={job.state === 'done' ? 'check' : 'info'} />
      <span>
        {t(`job.${job.state === 'queued' || job.state === 'running' ? 'queued' : job.state}`, { date: day(job.at) })}
        {job.error && ` ${job.error}`}
        <br />
        <button type="button" class="link" onClick={data.jobs.dismiss}>
          {t('app.close')}
        </button>
      </span>
    </p>
  );
}

/** What the administrator runs to have the figures of a day. */
export function ComputeCommand({ day: at }: { day: string }) {
  return <code class="command">{`npx phusong coverage compute --at ${at}`}</code>;
}

/**
 * Computing the figures of the day: a button where edits over HTTP are possible, else the command that does it, and why
 * not where neither can; while a run is under way, how far it is.
 */
export function JobBox({ app, data, isNeeded }: { app: AppContext; data: CoverageData; isNeeded: boolean }) {
  const { job, ended, refused, isAsking } = data.jobs;
  const isEditing = app.session.meta.state.value.data?.editing ?? false;
  const at = app.day.value;
  return (
    <>
      {ended.value && <Ended data={data} job={ended.value} />}
      {refused.value !== null && <Notice tone="error">{t('job.refused', { detail: refused.value })}</Notice>}
      {job.value ? (
        <Progress data={data} job={job.value} />
      ) : !app.reference.isComputable.value ? (
        <p class="hint">{t('problem.no-communes')}</p>
      ) : isEditing ? (
        <Button
          kind={isNeeded ? 'primary' : 'plain'}
          disabled={isAsking.value}
          onClick={() => void data.jobs.compute(at)}
        >
          {t(isNeeded ? 'job.compute_day' : 'job.compute_again', { date: day(at) })}
        </Button>
      ) : (
        <p class="hint">
          {t('job.command')} <ComputeCommand day={at} />
        </p>
      )}
    </>
  );
}
