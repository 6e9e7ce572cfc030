import type { ComponentChildren } from 'preact';
import type { GapItem, GapList } from '../../../../server/contract/wire.ts';
import { distance, number, percent, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterBy } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { InSight } from '../../ui/in-sight.tsx';
import { classColours, coverageClass } from './classes.ts';
import type { CoverageData } from './data.ts';
import { openGap } from './gaps-panel.tsx';
import { ClassSwatch, subjectText } from './legend.tsx';
import { RunNote } from './run-note.tsx';

interface DetailsProps {
  app: AppContext;
  data: CoverageData;
  id: number;
}

function Missing(): ComponentChildren {
  return <p class="empty">{t('app.not_found')}</p>;
}

const share = (part: string, whole: string, value: number | null): string =>
  value === null ? t('app.unknown') : `${percent(value)} (${t('app.of', { part, whole })})`;

/** One commune: numerators and denominators of the three rules, by operator and technology filtered by. */
export function CommuneDetails({ app, data, id }: DetailsProps) {
  return (
    <AsyncView resource={data.communes}>
      {(list) => {
        const item = list.items.find((candidate) => candidate.id === id);
        if (!item) return <Missing />;
        const { bbox } = app.reference.communes.state.value.data?.items.find((unit) => unit.id === id) ?? {};
        return (
          <>
            {bbox && <InSight app={app} camera={{ bbox }} />}
            <p class="details-kind">{t('coverage.commune')}</p>
            <h2 class="details-title">
              {item.name} <small>{[item.code, item.district_name].filter(Boolean).join(' · ')}</small>
            </h2>
            <p class="status-line">
              <ClassSwatch colour={classColours[coverageClass(item)] ?? null} />
              {`${term('coverage_status', item.status)} · ${subjectText(app, data)}`}
            </p>
            <Facts
              items={[
                [t('coverage.people'), share(number(item.people_covered), number(item.population), item.pct_pop)],
                [
                  t('coverage.area'),
                  share(number(item.area_covered_km2, 1), `${number(item.area_km2, 1)} km²`, item.pct_area),
                ],
                [t('coverage.unknown_reason'), item.unknown_reason && term('unknown_reason', item.unknown_reason)],
                [
                  t('coverage.centre'),
                  item.centre_covered === null
                    ? t('app.unknown')
                    : t(item.centre_covered ? 'coverage.centre_yes' : 'coverage.centre_no'),
                ],
              ]}
            />
            <RunNote app={app} data={data} run={list.run} />
            <Button
              icon="sites"
              onClick={() => {
                filterBy(app, { commune: item.code });
                app.url.change({ tab: 'sites' });
              }}
            >
              {t('coverage.show_sites')}
            </Button>
          </>
        );
      }}
    </AsyncView>
  );
}

/** How far from the edge of the gap (metres); 0 is inside. */
const awayText = (metres: number | null): string => (metres === 0 ? t('gaps.inside') : distance(metres));

function GapFacts({ app, data, gap, run }: Pick<DetailsProps, 'app' | 'data'> & { gap: GapItem; run: GapList['run'] }) {
  return (
    <>
      <InSight app={app} camera={{ bbox: gap.bbox }} />
      <p class="details-kind">{term('gap', gap.kind)}</p>
      <h2 class="details-title">
        {t('gaps.rank', { rank: gap.rank })} <small>{subjectText(app, data)}</small>
      </h2>
      <Facts
        items={[
          [t('gaps.people_label'), number(gap.people)],
          [t('gaps.area'), `${number(gap.area_km2, 2)} km²`],
          [t('gaps.communes'), gap.communes.map((commune) => commune.name).join(', ')],
          [t('gaps.site'), gap.nearest_site_code && `${gap.nearest_site_code} (${awayText(gap.nearest_site_m)})`],
          [t('gaps.node'), gap.nearest_node_code && `${gap.nearest_node_code} (${awayText(gap.nearest_node_m)})`],
        ]}
      />
      <RunNote app={app} data={data} run={run} />
      <Button icon="target" onClick={() => openGap(app, gap)}>
        {t('app.show_on_map')}
      </Button>
    </>
  );
}

/** One gap: from the list of the panel, or from that of the province when the panel has not loaded it. */
export function GapDetails({ app, data, id }: DetailsProps) {
  const { data: listed } = data.gaps.first.state.value;
  const inList = data.gaps.items.value.find((gap) => gap.id === id);
  if (listed && inList) return <GapFacts app={app} data={data} gap={inList} run={listed.run} />;
  return (
    <AsyncView resource={data.allGaps}>
      {(list) => {
        const gap = list.items.find((candidate) => candidate.id === id);
        return gap ? <GapFacts app={app} data={data} gap={gap} run={list.run} /> : <Missing />;
      }}
    </AsyncView>
  );
}
