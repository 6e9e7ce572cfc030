import { useState } from 'preact/hooks';
import type { PlaceConnectivity } from '../../../../server/contract/connectivity.ts';
import { distance, language, number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { DownloadLinks } from '../../ui/download-links.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import type { ConnectivityData } from './data.ts';
import { StatusSign } from './legend.tsx';
import { Resilience } from './resilience.tsx';

interface Props {
  app: AppContext;
  data: ConnectivityData;
}

const placeZoom = 11.5;
const statuses = ['none', 'single', 'dual'] as const;

function Detail({ app, data }: Props) {
  return (
    <AsyncView resource={data.placeDetail}>
      {(place) => (place.id === data.place.value ? <Resilience app={app} item={place} /> : null)}
    </AsyncView>
  );
}

function Row({ app, data, item }: Props & { item: PlaceConnectivity }) {
  const isOpen = data.place.value === item.id;
  const toggle = (): void => {
    data.place.value = isOpen ? null : item.id;
    if (!isOpen && item.lon !== null && item.lat !== null)
      app.session.camera.value = { point: { lon: item.lon, lat: item.lat, zoom: placeZoom } };
  };
  const way =
    item.length_km === null
      ? t('network.nearest', { distance: distance(item.nearest_cable_m) })
      : t('network.way', { length: number(item.length_km, 1) });
  return (
    <li>
      <button type="button" class="row row-signed" aria-expanded={isOpen} onClick={toggle}>
        <StatusSign status={item.status} />
        <span class="row-body">
          <span class="row-top">
            <strong>{item.name}</strong>
            <span class="row-name">{t(`connectivity.${item.status}`)}</span>
          </span>
          <span class="row-middle">
            {[
              item.district_name,
              way,
              item.population === null ? null : t('network.people', { people: item.population }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </button>
      {isOpen && (
        <div class="row-details">
          <Detail app={app} data={data} />
        </div>
      )}
    </li>
  );
}

/** Every commune centre: on fibre or how far from it, by how many ways; one opened has its paths on the map. */
export function CommunesSection({ app, data }: Props) {
  const [status, setStatus] = useState('');
  return (
    <AsyncView resource={data.communes} lines={8}>
      {({ items, totals }) => {
        const shown = items.filter((item) => status === '' || item.status === status);
        return (
          <>
            <p class="lead" aria-live="polite">
              {t('network.communes_summary', {
                on_fibre: totals.on_fibre,
                total: totals.total,
                dual: totals.dual,
                on_ring: totals.on_ring,
              })}
            </p>
            <SelectField
              label={t('network.status')}
              value={status}
              anyLabel={t('network.any_status')}
              options={statuses.map((value) => ({
                value,
                label: `${t(`connectivity.${value}`)} (${number(totals[value])})`,
              }))}
              onChange={setStatus}
            />
            <DownloadLinks
              what={t('network.part_communes')}
              links={['csv', 'xlsx', 'geojson'].map((format) => ({
                label: format.toUpperCase(),
                href: app.api.href(
                  `/exports/connectivity.${format}?${data.subject.value}&level=commune&lang=${language.value}`,
                ),
              }))}
            />
            {shown.length === 0 && <p class="empty">{t('network.no_communes')}</p>}
            <ul class="plain-list">
              {shown.map((item) => (
                <Row key={item.id} app={app} data={data} item={item} />
              ))}
            </ul>
          </>
        );
      }}
    </AsyncView>
  );
}
