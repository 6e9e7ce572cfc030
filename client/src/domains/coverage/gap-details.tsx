import type { GapItem } from '../../../../server/contract/wire.ts';
import { distance, number, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { InSight } from '../../ui/in-sight.tsx';
import type { CoverageData } from './data.ts';
import { openGap } from './gaps-panel.tsx';
import { RunNote } from './run-note.tsx';
import { useAnswer } from './use-answer.ts';
import { gapSubjectText } from './words.ts';

/** How far from the edge of the gap (metres); 0 is inside. */
const awayText = (metres: number | null): string => (metres === 0 ? t('gaps.inside') : distance(metres));

const nearestText = (code: string | null, metres: number | null): string | null =>
  code === null ? null : `${code} (${awayText(metres)})`;

/** The villages inside; null when the inventory has no villages. */
function villagesText({ village_count: count, villages }: GapItem): string | null {
  if (count === null) return null;
  if (count === 0) return t('gaps.no_villages');
  const names = villages ?? [];
  const more = count - names.length;
  const list = names.join(', ');
  return [
    t('gaps.villages_count', { count }),
    list && `: ${list}`,
    more > 0 && list && ` ${t('gaps.more_villages', { count: more })}`,
  ]
    .filter(Boolean)
    .join('');
}

function GapContent({ app, data, gap }: { app: AppContext; data: CoverageData; gap: GapItem }) {
  // A gap is of the run that answers for the day: another run has other gaps.
  const run = data.communes.state.value.data?.run;
  return (
    <>
      <InSight app={app} camera={{ bbox: gap.bbox }} />
      <p class="details-kind">{term('gap', gap.kind)}</p>
      <h2 class="details-title">
        {t('gaps.rank', { rank: gap.rank })} <small>{gapSubjectText(app, gap.operator, gap.technology)}</small>
      </h2>
      <Facts
        items={[
          [
            t('gaps.people_label'),
            gap.people_incomplete ? t('gaps.people_at_least', { people: gap.people }) : number(gap.people),
          ],
          [t('gaps.area'), `${number(gap.area_km2, 2)} km²`],
          [t('gaps.communes'), gap.communes.map((commune) => commune.name).join(', ')],
          [t('gaps.villages'), villagesText(gap)],
          [t('gaps.site'), nearestText(gap.nearest_site_code, gap.nearest_site_m)],
          [t('gaps.node'), nearestText(gap.nearest_node_code, gap.nearest_node_m)],
        ]}
      />
      <Button icon="target" onClick={() => openGap(app, gap)}>
        {t('app.show_on_map')}
      </Button>
      {run && <RunNote app={app} data={data} run={run} />}
    </>
  );
}

/** One gap, by its id alone: the list beside it may be of another operator or not loaded that far. */
export function GapDetails({ app, data, id }: { app: AppContext; data: CoverageData; id: number }) {
  const answer = useAnswer<GapItem>(app, `/coverage/gaps/${id}`);
  return (
    <AsyncView resource={answer} lines={6}>
      {(gap) => <GapContent app={app} data={data} gap={gap} />}
    </AsyncView>
  );
}
