import type { RiskRanking } from '../../../../server/contract/connectivity.ts';
import { distance, number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { chooseNetwork } from './chooser.tsx';
import type { ConnectivityData } from './data.ts';
import { GatheredCut } from './gathered-cut.tsx';
import { districtNamer } from './names.ts';
import { pairSpans, sameSpans } from './outage.ts';

interface Props {
  app: AppContext;
  data: ConnectivityData;
}

type Risk = RiskRanking['singles'][number];
type Losses = Pick<Risk, 'district_centres' | 'communes' | 'people'>;

interface RowProps extends Props {
  spans: readonly number[];
  /** The place in the ranking; null for the pair. */
  rank: number | null;
  title: string;
  losses: Losses;
  note: string | null;
}

/** What a cut loses: people and communes, then the district centres by name. */
function RiskRow({ app, data, spans, rank, title, losses, note }: RowProps) {
  const isShown = sameSpans(data.choice.value.cut, spans);
  const { district_centres, communes, people } = losses;
  const total = data.districts.state.value.data?.totals.total;
  const names =
    district_centres.length === total
      ? t('network.every_district')
      : district_centres.map(districtNamer(app)).join(', ');
  return (
    <button
      type="button"
      class="row row-ranked"
      aria-pressed={isShown}
      onClick={() => chooseNetwork(app, { cut: isShown ? [] : spans })}
    >
      <span class="rank">{rank === null ? '2×' : number(rank)}</span>
      <span class="row-body">
        <strong>{title}</strong>
        <span class="row-middle">{t('network.loses', { people, communes })}</span>
        {names && (
          <span class="row-middle">{t('network.loses_districts', { count: district_centres.length, names })}</span>
        )}
        {note && <span class="row-middle">{note}</span>}
      </span>
    </button>
  );
}

function Pair({ pair, ...props }: Props & { pair: NonNullable<RiskRanking['pair']> }) {
  return (
    <section class="network-pair" aria-label={t('network.worst_pair')}>
      <h3>{t('network.worst_pair')}</h3>
      <RiskRow
        {...props}
        spans={pairSpans(pair)}
        rank={null}
        title={pair.risks.map(({ label }) => label).join(' + ')}
        losses={pair}
        note={pair.exact ? t('network.pair_exact') : t('network.pair_bound', { people: pair.bound_people })}
      />
    </section>
  );
}

/** The length of a risk, and the route whose spans fail together. */
function aboutRisk({ length_km, route_group }: Risk): string {
  const group = route_group === null ? [] : [t('network.route_group', { group: route_group })];
  return [distance(length_km * 1_000), ...group].join(' · ');
}

/** The single cuts that isolate most people, and the worst two together; one chosen is drawn on the map. */
export function RisksSection({ app, data }: Props) {
  return (
    <AsyncView resource={data.risks} lines={8}>
      {({ singles, numberMatched, pair }) => (
        <>
          <p class="lead">{t(numberMatched === 0 ? 'network.no_risks' : 'network.risks_summary', { numberMatched })}</p>
          {numberMatched > 0 && <p class="hint">{t('network.risks_hint')}</p>}
          <GatheredCut app={app} cut={data.gathered} reroute={data.reroute} />
          {pair && <Pair app={app} data={data} pair={pair} />}
          {singles.length > 0 && <h3>{t('network.worst_singles')}</h3>}
          <ol class="plain-list network-list">
            {singles.map((risk) => (
              <li key={risk.span_ids.join()}>
                <RiskRow
                  app={app}
                  data={data}
                  spans={risk.span_ids}
                  rank={risk.rank}
                  title={risk.label}
                  losses={risk}
                  note={aboutRisk(risk)}
                />
              </li>
            ))}
          </ol>
          {numberMatched > singles.length && (
            <p class="hint">{t('network.risks_more', { count: numberMatched - singles.length })}</p>
          )}
        </>
      )}
    </AsyncView>
  );
}
