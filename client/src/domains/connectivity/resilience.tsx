import type { DistrictConnectivity, PlaceDetail } from '../../../../server/contract/connectivity.ts';
import { number, t } from '../../i18n/index.ts';
import { boundsOfAll } from '../../map/bounds.ts';
import { palette } from '../../map/palette.ts';
import type { AppContext, CameraRequest } from '../../state/app-context.ts';
import { selectAndShow } from '../../state/filter-actions.ts';
import { ratesQuery } from '../../state/network-choice.ts';
import { Facts } from '../../ui/facts.tsx';
import { InSight } from '../../ui/in-sight.tsx';

type Connected = Pick<
  DistrictConnectivity | PlaceDetail,
  | 'status'
  | 'length_km'
  | 'bridges'
  | 'paths'
  | 'paths_shared'
  | 'paths_disjoint'
  | 'edge_disjoint'
  | 'node_disjoint'
  | 'availability'
>;

const pathColours = [palette.path, palette.path2];
const pathNames = ['connectivity.path_first', 'connectivity.path_second'] as const;

interface Props {
  app: AppContext;
  item: Connected;
}

/** Risks by name; a press opens the first span of one. */
function RiskList({ app, risks }: { app: AppContext; risks: Connected['bridges'] }) {
  return (
    <ul class="plain-list bridges">
      {risks.map(({ span_ids, route_group, label }) => (
        <li key={span_ids.join()}>
          <button
            type="button"
            class="link"
            onClick={() => {
              const [id] = span_ids;
              if (id !== undefined) selectAndShow(app, { kind: 'span', id });
            }}
          >
            {label}
          </button>
          {route_group && ` · ${t('connectivity.route_group', { group: route_group })}`}
        </li>
      ))}
    </ul>
  );
}

/** What both paths use: the single cuts, which are listed on their own, and what else they have in common. */
function Shared({ app, item }: Props) {
  const cuts = new Set(item.bridges.map(({ span_ids }) => span_ids.join()));
  const others = item.paths_shared.filter(({ span_ids }) => !cuts.has(span_ids.join()));
  if (item.paths_shared.length === 0) return null;
  if (others.length === 0) return <p class="hint">{t('connectivity.shares_cuts')}</p>;
  return (
    <>
      <p class="hint">{t('connectivity.shares')}</p>
      <RiskList app={app} risks={others} />
    </>
  );
}

function Paths({ app, item }: Props) {
  const [first] = item.paths;
  if (!first) return null;
  return (
    <section>
      <h3>{t('connectivity.paths')}</h3>
      <ul class="legend-list">
        {item.paths.slice(0, 2).map((path, index) => (
          <li key={index}>
            <svg class="swatch" viewBox="0 0 24 16" aria-hidden="true">
              <path d="M1 8h22" stroke={pathColours[index]} stroke-width="4" />
            </svg>
            <span>
              {t(pathNames[index] ?? 'connectivity.path_first')}:{' '}
              <strong>{t('connectivity.path_value', { length: number(path.length_km, 1), hops: path.hops })}</strong>
            </span>
          </li>
        ))}
      </ul>
      {item.length_km !== null && item.length_km < first.length_km && (
        <p class="hint">{t('connectivity.shorter_alone', { length: number(item.length_km, 1) })}</p>
      )}
      <Shared app={app} item={item} />
    </section>
  );
}

function Bridges({ app, item }: Props) {
  if (item.status === 'none') return null;
  return (
    <section>
      <h3>{t('connectivity.bridges', { count: item.bridges.length })}</h3>
      {item.bridges.length === 0 && <p class="hint">{t('connectivity.no_bridges')}</p>}
      <RiskList app={app} risks={item.bridges} />
    </section>
  );
}

/** Minutes a year with as many decimals as they need to be told apart. */
function minutes(value: number): string {
  return number(value, value < 0.1 ? 4 : value < 10 ? 2 : 0);
}

/** How much of a year a place is cut off, and how that was computed. */
function Availability({ app, item }: Props) {
  const { availability } = item;
  if (!availability || item.status === 'none') return null;
  const { minutes_per_year, method, standard_error } = availability;
  const spread = t('network.spread', { minutes: minutes(standard_error * 525_600) });
  return (
    <p class="hint">
      {t('network.minutes', { minutes: minutes(minutes_per_year) })}{' '}
      {method === 'exact' ? t('network.exact') : `${t('network.monte_carlo')} ${spread}`}{' '}
      {ratesQuery(app.url.state.value.network) && t('network.own_rates')}
    </p>
  );
}

const ways = (count: number | null): string | null =>
  count === null ? null : count >= 4 ? t('network.four_or_more') : number(count);

/** Brings what was opened into sight: both its paths from end to end, or `itself` where it has none. */
export function PathsInSight({ app, item, itself }: Props & { itself: CameraRequest | null }) {
  const bbox = boundsOfAll(item.paths.slice(0, 2).map((path) => path.bbox));
  const camera = bbox ? { bbox } : itself;
  return camera && <InSight app={app} camera={camera} />;
}

/** Number of ways, paths, risks and availability of a place. */
export function Resilience({ app, item }: Props) {
  return (
    <>
      <Facts
        items={[
          [t('network.edge_disjoint'), ways(item.edge_disjoint)],
          [t('network.node_disjoint'), ways(item.node_disjoint)],
        ]}
      />
      <Paths app={app} item={item} />
      <Bridges app={app} item={item} />
      <Availability app={app} item={item} />
    </>
  );
}
