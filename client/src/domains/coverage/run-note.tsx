import type { CoverageRun } from '../../../../server/contract/wire.ts';
import { day, number, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { CoverageData } from './data.ts';

/** Nested parameters as `2G: 3 · 3G: 3`. */
function shownParameter(value: unknown): string {
  if (typeof value === 'number') return number(value, 2);
  if (Array.isArray(value)) return value.map(shownParameter).join('; ');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '–';
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${shownParameter(part)}`)
    .join(' · ');
}

/** The frame of the grid says nothing to a reader: its size and system stand beside it. */
const hiddenParameters: ReadonlySet<string> = new Set(['grid']);

/** What the administrator runs to have the figures of a day. */
function ComputeCommand({ day: at }: { day: string }) {
  return <code class="command">{`npx phusong coverage compute --at ${at}`}</code>;
}

interface RunNoteProps {
  app: AppContext;
  data: CoverageData;
  run: CoverageRun | null;
}

/** Says that figures are modelled: model, version, day, and whether they are of another day or the inventory has moved on. */
export function RunNote({ app, data, run }: RunNoteProps) {
  if (!run || !data.isComputed.value) {
    return (
      <p class="notice notice-info">
        <Icon name="info" />
        <span>
          {run ? t('coverage.no_technology', { technology: data.technology.value }) : t('coverage.no_run')}{' '}
          {t('coverage.compute')} <ComputeCommand day={app.day.value} />
        </span>
      </p>
    );
  }
  return (
    <div class="run-note">
      <p>
        <Badge tone="info">{t('app.estimated')}</Badge>{' '}
        {t('coverage.estimated', {
          model: run.model.replaceAll('+', ' + '),
          version: run.model_version,
          date: day(run.created_at),
        })}{' '}
        {t('coverage.at', { date: day(run.at) })}
      </p>
      {run.for_other_day && (
        <p class="notice notice-warn">
          <Icon name="warning" />
          <span>
            {t('coverage.other_day', { asked: day(app.day.value), date: day(run.at) })} {t('coverage.compute')}{' '}
            <ComputeCommand day={app.day.value} />
          </span>
        </p>
      )}
      {run.stale && !run.for_other_day && (
        <p class="notice notice-warn">
          <Icon name="warning" /> {t('coverage.stale')}
        </p>
      )}
      <details>
        <summary>{t('coverage.thresholds')}</summary>
        <Facts
          items={[
            ...Object.entries(run.thresholds).map(
              ([technology, value]) => [t('coverage.threshold', { technology }), `${number(value, 1)} dBm`] as const,
            ),
            [t('coverage.terrain'), run.terrain_source ?? t('coverage.terrain_none')],
            ...Object.entries(run.parameters)
              .filter(([name]) => !hiddenParameters.has(name))
              .map(([name, value]) => [term('parameter', name), shownParameter(value)] as const),
          ]}
        />
      </details>
    </div>
  );
}
