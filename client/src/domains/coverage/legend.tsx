import type { GapItem } from '../../../../server/contract/wire.ts';
import { number, t } from '../../i18n/index.ts';
import { gapColours, palette } from '../../map/palette.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { type LegendClass, legendClasses } from './classes.ts';
import type { CoverageData } from './data.ts';

/** A swatch of a class; unknown is hatched, as on the map. */
export function ClassSwatch({ colour }: { colour: string | null }) {
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect x="0.5" y="0.5" width="23" height="15" rx="2" fill={colour ?? palette.unknown} stroke="#00000022" />
      {colour === null && (
        <path d="M-2 10 8 0M2 16 18 0M12 16 26 2" stroke={palette.unknownHatch} stroke-width="1.6" fill="none" />
      )}
    </svg>
  );
}

export function classLabel({ from, to }: LegendClass): string {
  if (from === null) return t('coverage_status.unknown');
  if (to === null) return t('coverage.class_from', { from });
  return from === 0 ? t('coverage.class_below', { to }) : t('coverage.class_between', { from, to });
}

/** What is shown: technology, operator, and that it is an estimate. */
export function subjectText(app: AppContext, data: CoverageData): string {
  const { operator } = app.url.state.value.filter;
  return t('coverage.legend_subject', {
    technology: data.technology.value,
    operator: operator ? operatorName(app, operator) : t('filter.any_operator'),
  });
}

export function CoverageLegend({ app, data }: { app: AppContext; data: CoverageData }) {
  return (
    <div class="legend-coverage">
      <p class="legend-subject">{subjectText(app, data)}</p>
      <ul class="legend-list" aria-label={t('coverage.legend')}>
        {legendClasses(data.shown.value).map((item) => (
          <li key={item.index}>
            <ClassSwatch colour={item.colour} />
            <span>{classLabel(item)}</span>
            <span class="legend-count" aria-label={t('coverage.legend_communes', { count: item.count })}>
              {number(item.count)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function AreaLegend({ app, data }: { app: AppContext; data: CoverageData }) {
  return (
    <ul class="legend-list">
      <li>
        <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
          <rect
            x="1"
            y="1"
            width="22"
            height="14"
            rx="2"
            fill={palette.coverageArea}
            fill-opacity=".25"
            stroke={palette.coverageArea}
          />
        </svg>
        {`${t('coverage.legend_area')} · ${subjectText(app, data)}`}
      </li>
    </ul>
  );
}

/** The mark of a kind of gap, as on the map: hatched one way, or for grey spots closer and the other colour. */
export function GapSwatch({ kind }: { kind: GapItem['kind'] }) {
  const colour = gapColours[kind];
  const hatch = kind === 'grey' ? 'M2 9l6 6M2 2l13 13M8 2l13 13M15 2l7 7' : 'M2 2l12 12M10 2l12 12';
  return (
    <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
      <rect x="1" y="1" width="22" height="14" rx="2" fill={colour} fill-opacity=".2" stroke={colour} />
      <path d={hatch} stroke={colour} />
    </svg>
  );
}

export function GapsLegend({ data }: { data: CoverageData }) {
  const kind = data.gapKind.value;
  return (
    <ul class="legend-list">
      <li>
        <GapSwatch kind={kind} />
        {`${t(`gap.${kind}`)} (${t('app.estimated').toLowerCase()})`}
      </li>
    </ul>
  );
}
