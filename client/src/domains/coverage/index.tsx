import type { SourceSpecification } from 'maplibre-gl';
import type { ClientDomain, HoverText } from '../../domain.ts';
import { day, number, percent, t, term } from '../../i18n/index.ts';
import { crossLines, hatch } from '../../map/images.ts';
import { noTerrainPattern } from '../../map/no-terrain.ts';
import { gapColours, palette } from '../../map/palette.ts';
import { tileSource } from '../../map/tile-source.ts';
import type { AppContext } from '../../state/app-context.ts';
import { CommuneDetails } from './commune-details.tsx';
import './coverage.css';
import { type CoverageData, createCoverageData } from './data.ts';
import { GapDetails } from './gap-details.tsx';
import { GapsPanel } from './gaps-panel.tsx';
import { coverageLayers, gapPattern, greyPattern, unknownPattern } from './layers.ts';
import { BandsLegend, CoverageLegend, GapsLegend, MeasuredLegend } from './legend.tsx';
import { measuredFeatures } from './measured.ts';
import { CoveragePanel } from './panel.tsx';
import { dbm, gapSubjectText, subjectText } from './words.ts';

function communeHover(app: AppContext, data: CoverageData, id: number, name: string): HoverText {
  const item = data.communes.state.value.data?.items.find((candidate) => candidate.id === id);
  if (!item) return { title: name, lines: [] };
  const reason = item.unknown_reason ? ` (${term('unknown_reason', item.unknown_reason)})` : '';
  const figures = {
    people: `${t('coverage.people')}: ${percent(item.pct_pop)}`,
    area: `${t('coverage.area')}: ${percent(item.pct_area)}`,
    centre: t(item.centre_covered ? 'coverage.centre_yes' : 'coverage.centre_no'),
  };
  const figure = item.status === 'unknown' ? `${t('app.unknown')}${reason}` : figures[data.choice.value.rule];
  return { title: name, lines: [figure, subjectText(app, data)] };
}

/** The level measured, the level modelled there, and the day. */
function measuredHover(properties: Record<string, unknown>): HoverText {
  const { modelled_dbm: modelled, measured_at: at } = properties;
  return {
    title: `${t('evidence.measured')}: ${dbm(Number(properties['level_dbm']))}`,
    lines: [
      typeof modelled === 'number' ? `${t('evidence.modelled')}: ${dbm(modelled)}` : t('measured.no_model'),
      ...(typeof at === 'string' && at !== '' ? [day(at)] : []),
    ],
  };
}

/** Measured points as a source; without any the source is there and empty, as every source of the map is. */
function measuredSource(data: CoverageData): SourceSpecification {
  const { points, subject, commune } = data.evidence;
  const run = data.communes.state.value.data?.run;
  const threshold = subject.value && run?.thresholds[subject.value.technology];
  const items = commune.value && typeof threshold === 'number' ? (points.state.value.data?.items ?? []) : [];
  return { type: 'geojson', data: measuredFeatures(items, threshold ?? 0) };
}

function tileSources(app: AppContext, data: CoverageData): Record<string, SourceSpecification> {
  const params = new URLSearchParams(data.subject.value);
  // Bands and gaps are of one operator or of any; the legend says so.
  params.delete('scope');
  const day = new URLSearchParams({ at: app.day.value });
  return {
    coverage: tileSource(app, 'coverage', params),
    gaps: tileSource(app, 'gaps', params),
    no_terrain: tileSource(app, 'no_terrain', day),
  };
}

function coverageGroups(app: AppContext, data: CoverageData): NonNullable<ClientDomain['groups']> {
  return [
    {
      id: 'choropleth',
      label: 'layer.choropleth',
      layers: ['coverage-communes-fill', 'coverage-communes-unknown', 'coverage-communes-no-terrain'],
      Legend: () => <CoverageLegend app={app} data={data} />,
    },
    {
      id: 'coverage_area',
      label: 'layer.coverage_area',
      layers: ['coverage-area-fill', 'coverage-area-outline', 'coverage-unknown-pattern', 'coverage-area-no-terrain'],
      Legend: () => <BandsLegend app={app} data={data} />,
    },
    {
      id: 'gaps',
      label: 'layer.gaps',
      layers: [
        'coverage-unknown-pattern',
        'coverage-gaps-fill',
        'coverage-gaps-pattern',
        'coverage-gaps-outline',
        'coverage-gaps-selected',
      ],
      Legend: () => <GapsLegend data={data} />,
    },
    {
      id: 'measurements',
      label: 'layer.measurements',
      layers: ['coverage-measurements-circle'],
      Legend: () => <MeasuredLegend app={app} data={data} />,
    },
  ];
}

/** Modelled coverage: choropleth, bands, gaps, with their lists. Two tabs, so two domains of the page over one data. */
export function createCoverageDomains(app: AppContext): ClientDomain[] {
  const data = createCoverageData(app);
  const selectedId = (kind: string): number | null => {
    const { selection } = app.url.state.value;
    return selection?.kind === kind ? selection.id : null;
  };
  const coverage: ClientDomain = {
    id: 'coverage',
    tab: {
      id: 'coverage',
      label: 'tab.coverage',
      icon: 'coverage',
      Panel: () => <CoveragePanel app={app} data={data} />,
    },
    groups: coverageGroups(app, data),
    sources: () => ({ ...tileSources(app, data), measurements: measuredSource(data) }),
    layers: () =>
      coverageLayers({
        selectedCommune: selectedId('commune'),
        selectedGap: selectedId('gap'),
        shown: app.url.state.value.filter.district ? data.shown.value.map(({ id }) => id) : null,
        gapKind: data.gaps.kind.value,
        least: data.choice.value,
      }),
    featureStates: () => [{ source: 'communes', sourceLayer: 'communes', states: data.states.value }],
    images: [
      hatch(unknownPattern, 8, palette.unknownHatch, 1.4),
      crossLines(noTerrainPattern, 8, [palette.noTerrain, palette.noTerrainHalo], 1),
      hatch(gapPattern, 8, palette.gap, 1, false),
      hatch(greyPattern, 5, gapColours.grey, 1, false),
    ],
    clicks: {
      'coverage-communes-fill': ({ id }) => (id === undefined ? null : { select: { kind: 'commune', id: Number(id) } }),
      'coverage-gaps-fill': ({ id }) => (id === undefined ? null : { select: { kind: 'gap', id: Number(id) } }),
    },
    hovers: {
      'coverage-communes-fill': ({ id, properties }) => communeHover(app, data, Number(id), String(properties.name)),
      'coverage-gaps-fill': ({ properties }) => ({
        title: t('gaps.rank', { rank: Number(properties.rank) }),
        lines: [
          t('gaps.people', { people: Number(properties.people) }),
          `${number(Number(properties.area_km2), 2)} km²`,
          gapSubjectText(app, app.url.state.value.filter.operator ?? null, data.technology.value),
        ],
      }),
      'coverage-measurements-circle': ({ properties }) => measuredHover(properties),
    },
    details: {
      commune: ({ id }) => <CommuneDetails app={app} data={data} id={id} />,
      gap: ({ id }) => <GapDetails app={app} data={data} id={id} />,
    },
  };
  const gaps: ClientDomain = {
    id: 'gaps',
    tab: { id: 'gaps', label: 'tab.gaps', icon: 'gaps', Panel: () => <GapsPanel app={app} data={data} /> },
  };
  return [coverage, gaps];
}
