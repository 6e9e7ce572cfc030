import type { CoverageRun } from '../../../../server/contract/wire.ts';
import { day, number, t, term } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';

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

/** Says that figures are modelled: model, version, day, and whether the inventory has moved on. */
export function RunNote({ run }: { run: CoverageRun | null }) {
  if (!run) {
    return (
      <p class="notice notice-info">
        <Icon name="info" /> {t('coverage.no_run')}
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
      {run.stale && (
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
