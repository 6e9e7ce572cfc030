import type { ComponentType } from 'preact';
import type { ClientDomain, HoverText } from '../../domain.ts';
import { number, percent, t } from '../../i18n/index.ts';
import { hatch } from '../../map/images.ts';
import { gapColours, palette } from '../../map/palette.ts';
import { tileSource } from '../../map/tile-source.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type CoverageData, createCoverageData } from './data.ts';
import { CommuneDetails, GapDetails } from './details.tsx';
import { GapsPanel } from './gaps-panel.tsx';
import { coverageLayers, gapPattern, greyPattern, unknownPattern } from './layers.ts';
import { AreaLegend, CoverageLegend, GapsLegend, subjectText } from './legend.tsx';
import { CoveragePanel } from './panel.tsx';

function communeHover(app: AppContext, data: CoverageData, id: number, name: string): HoverText {
  const item = data.communes.state.value.data?.items.find((candidate) => candidate.id === id);
  const lines = item
    ? [
        item.status === 'unknown' ? t('app.unknown') : `${t('coverage.people')}: ${percent(item.pct_pop)}`,
        subjectText(app, data),
      ]
    : [];
  return { title: name, lines };
}

/** Modelled coverage: choropleth, area, gaps, with their lists. Two tabs, so two domains of the page over one data. */
export function createCoverageDomains(app: AppContext, parts: { CommonFilter: ComponentType }): ClientDomain[] {
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
      Panel: () => <CoveragePanel app={app} data={data} {...parts} />,
    },
    groups: [
      {
        id: 'choropleth',
        label: 'layer.choropleth',
        layers: ['coverage-communes-fill', 'coverage-communes-unknown'],
        Legend: () => <CoverageLegend app={app} data={data} />,
      },
      {
        id: 'coverage_area',
        label: 'layer.coverage_area',
        layers: ['coverage-area-fill', 'coverage-area-outline'],
        Legend: () => <AreaLegend app={app} data={data} />,
      },
      {
        id: 'gaps',
        label: 'layer.gaps',
        layers: ['coverage-gaps-fill', 'coverage-gaps-pattern', 'coverage-gaps-outline', 'coverage-gaps-selected'],
        Legend: () => <GapsLegend data={data} />,
      },
    ],
    sources: () => {
      const params = new URLSearchParams(data.subject.value);
      return { coverage: tileSource(app, 'coverage', params), gaps: tileSource(app, 'gaps', params) };
    },
    layers: () =>
      coverageLayers({
        selectedCommune: selectedId('commune'),
        selectedGap: selectedId('gap'),
        district: app.url.state.value.filter.district,
        gapKind: data.gapKind.value,
      }),
    featureStates: () => [{ source: 'communes', sourceLayer: 'communes', states: data.states.value }],
    images: [
      hatch(unknownPattern, 8, palette.unknownHatch, 1.4),
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
          subjectText(app, data),
        ],
      }),
    },
    details: {
      commune: ({ id }) => <CommuneDetails app={app} data={data} id={id} />,
      gap: ({ id }) => <GapDetails app={app} data={data} id={id} />,
    },
  };
  const gaps: ClientDomain = {
    id: 'gaps',
    tab: { id: 'gaps', label: 'tab.gaps', icon: 'gaps', Panel: () => <GapsPanel app={app} data={data} {...parts} /> },
  };
  return [coverage, gaps];
}
