import type { DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import { number, t } from '../../i18n/index.ts';
import { palette } from '../../map/palette.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterBy, selectAndShow } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Button } from '../../ui/button.tsx';
import { InSight } from '../../ui/in-sight.tsx';
import type { ConnectivityData } from './data.ts';
import { StatusSign } from './legend.tsx';

const pathColours = [palette.path, palette.path2];
const pathNames = ['connectivity.path_first', 'connectivity.path_second'] as const;

function Paths({ item }: { item: DistrictConnectivity }) {
  if (item.paths.length === 0) return null;
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
      {item.paths.length > 1 && !item.paths_disjoint && <p class="hint">{t('connectivity.not_disjoint')}</p>}
    </section>
  );
}

function Bridges({ app, item }: { app: AppContext; item: DistrictConnectivity }) {
  if (item.status === 'none') return null;
  return (
    <section>
      <h3>{t('connectivity.bridges', { count: item.bridges.length })}</h3>
      {item.bridges.length === 0 && <p class="hint">{t('connectivity.no_bridges')}</p>}
      <ul class="plain-list bridges">
        {item.bridges.map((bridge) => (
          <li key={bridge.span_ids.join()}>
            <button
              type="button"
              class="link"
              onClick={() => {
                const [id] = bridge.span_ids;
                if (id !== undefined) selectAndShow(app, { kind: 'span', id });
              }}
            >
              {bridge.label}
            </button>
            {bridge.route_group && ` · ${t('connectivity.route_group', { group: bridge.route_group })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One district: status, paths to the core, and each cut that would isolate it. */
export function DistrictDetails({ app, data, id }: { app: AppContext; data: ConnectivityData; id: number }) {
  return (
    <AsyncView resource={data.districts}>
      {(list) => {
        const item = list.items.find((candidate) => candidate.id === id);
        if (!item) return <p class="empty">{t('app.not_found')}</p>;
        const { bbox } = app.reference.districts.state.value.data?.items.find((unit) => unit.id === id) ?? {};
        return (
          <>
            {bbox && <InSight app={app} camera={{ bbox }} />}
            <p class="details-kind">{t('filter.district')}</p>
            <h2 class="details-title">
              {item.name} <small>{item.code}</small>
            </h2>
            <p class="status-line">
              <StatusSign status={item.status} />
              {`${t(`connectivity.${item.status}`)}: ${t(`connectivity_hint.${item.status}`)}`}
            </p>
            {item.centre_name && <p class="hint">{`${t('connectivity.centre')}: ${item.centre_name}`}</p>}
            <Paths item={item} />
            <Bridges app={app} item={item} />
            <Button
              icon="sites"
              onClick={() => {
                filterBy(app, { district: item.code });
                app.url.change({ tab: 'sites' });
              }}
            >
              {t('connectivity.show_sites')}
            </Button>
          </>
        );
      }}
    </AsyncView>
  );
}
