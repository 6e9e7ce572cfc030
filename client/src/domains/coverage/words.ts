import type { CommuneCoverageList } from '../../../../server/contract/index.ts';
import { number, percent, t } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import type { CoverageData } from './data.ts';

/** The operator or the union of operators in words. */
export function scopeText(
  app: AppContext,
  scope: CommuneCoverageList['scope'],
  operator: string | null | undefined,
): string {
  if (operator) return operatorName(app, operator);
  return t(scope === 'at_least_two' ? 'coverage.scope_at_least_two' : 'coverage.scope_any');
}

/** What is shown: technology, and operator or union of operators. */
export function subjectText(app: AppContext, data: CoverageData): string {
  const { filter, coverage } = app.url.state.value;
  return t('coverage.legend_subject', {
    technology: data.technology.value,
    operator: scopeText(app, coverage.scope, filter.operator),
  });
}

/** What gaps are of: their kinds say it without an operator. */
export function gapSubjectText(app: AppContext, operator: string | null, technology: string): string {
  return operator ? t('coverage.legend_subject', { technology, operator: operatorName(app, operator) }) : technology;
}

/** `82,1 % (3.520 / 4.288)`; unknown where there is no share. */
export function shareText(part: string, whole: string, value: number | null): string {
  return value === null ? t('app.unknown') : `${percent(value)} (${t('app.of', { part, whole })})`;
}

/** The error band in words; null where there is none, or nothing was defaulted. */
export function peopleBand(low: number | null, high: number | null): string | null {
  if (low === null || high === null) return null;
  if (low === high) return t('coverage.band_sure');
  return t('coverage.band_people', { low: number(low), high: number(high) });
}

export function areaBand(low: number | null, high: number | null): string | null {
  if (low === null || high === null) return null;
  const [from, to] = [number(low, 1), number(high, 1)];
  return from === to ? t('coverage.band_sure') : t('coverage.band_area', { low: from, high: to });
}

/** What is covered for certain where the share is unknown; null where it is known, or nothing is certain. */
export function atLeast(value: number | null, part: number | null, [covered, whole]: [string, string]): string | null {
  return value === null && part ? t('coverage.at_least', { part: covered, whole }) : null;
}

/** How much of the area was computed without ground heights; null where the run does not say. */
export function withoutTerrain(pctTerrain: number | null): string | null {
  if (pctTerrain === null) return null;
  const share = 100 - pctTerrain;
  return share === 0 ? t('coverage.terrain_all') : t('coverage.without_terrain', { share: percent(share) });
}

/** A level in dBm; the minus of a number is a hyphen in no language. */
export function dbm(level: number): string {
  return `${number(level, 1).replace('-', '−')} dBm`;
}

/** A difference with its sign, `+3,2`. */
export function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${number(value, 1).replace('-', '−')}`;
}

/** `−94,7 … −84,7 dBm` from bounds of which one may be open. */
export function levelRange(from: number | null, to: number | null): string {
  if (from === null) return to === null ? '' : t('coverage.level_below', { to: dbm(to) });
  if (to === null) return t('coverage.level_from', { from: dbm(from) });
  return t('coverage.level_between', { from: number(from, 1).replace('-', '−'), to: dbm(to) });
}
