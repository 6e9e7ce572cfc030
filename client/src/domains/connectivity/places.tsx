import { useEffect, useRef } from 'preact/hooks';
import type { PlaceConnectivity, PlaceConnectivityList } from '../../../../server/contract/connectivity.ts';
import { distance, number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type PlaceStatus, placeStatuses, ratesQuery } from '../../state/network-choice.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { chooseNetwork, choosePlace } from './chooser.tsx';
import type { ConnectivityData, PlaceSection } from './data.ts';
import { ExportLinks } from './export-links.tsx';
import { StatusSign } from './legend.tsx';
import { PathsInSight, Resilience } from './resilience.tsx';

interface Props {
  app: AppContext;
  data: ConnectivityData;
}

const placeZoom = 11.5;

function Detail({ app, data, id }: Props & { id: number }) {
  return (
    <AsyncView resource={data.placeDetail}>
      {(place) => {
        if (place.id !== id) return null;
        const { lon, lat } = place;
        const itself = lon === null || lat === null ? null : { point: { lon, lat, zoom: placeZoom } };
        return (
          <>
            <PathsInSight app={app} item={place} itself={itself} />
            <Resilience app={app} item={place} />
          </>
        );
      }}
    </AsyncView>
  );
}

/** How far it is to the core, or, without a way there, to the nearest cable. */
function wayText({ length_km, nearest_cable_m }: PlaceConnectivity): string | null {
  if (length_km !== null) return t('network.way', { length: number(length_km, 1) });
  return nearest_cable_m === null ? null : t('network.nearest', { distance: distance(nearest_cable_m) });
}

function Row({ app, data, item }: Props & { item: PlaceConnectivity }) {
  const isOpen = data.choice.value.place === item.id;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const toggle = (): void => choosePlace(app, isOpen ? null : item.id, !isOpen);
  const facts = [
    item.kind === 'site' ? item.code : item.district_name,
    wayText(item),
    item.population === null ? null : t('network.people', { people: item.population }),
  ];
  return (
    <li ref={row} data-status={item.status}>
      <button
        type="button"
        class="row row-signed"
        aria-expanded={isOpen}
        aria-current={isOpen ? 'true' : undefined}
        onClick={toggle}
      >
        <StatusSign status={item.status} />
        <span class="row-body">
          <span class="row-top">
            <strong>{item.name}</strong>
            <span class="row-name">{t(`connectivity.${item.status}`)}</span>
          </span>
          <span class="row-middle">{facts.filter(Boolean).join(' · ')}</span>
        </span>
      </button>
      {isOpen && (
        <div class="network-detail">
          <Detail app={app} data={data} id={item.id} />
        </div>
      )}
    </li>
  );
}

function Filter({ app, data, totals }: Props & { totals: PlaceConnectivityList['totals'] }) {
  const options = placeStatuses.map((value) => ({
    value,
    label: `${t(`connectivity.${value}`)} (${number(totals[value])})`,
  }));
  return (
    <div class="filter-grid">
      <SelectField
        label={t('network.status')}
        value={data.choice.value.reach ?? ''}
        anyLabel={t('network.any_status')}
        options={options}
        onChange={(value) =>
          chooseNetwork(app, {
            reach: placeStatuses.find((known): known is PlaceStatus => known === value) ?? null,
            place: null,
          })
        }
      />
      <TextField
        label={t('network.name')}
        value={data.placeText.value}
        onChange={(text) => (data.placeText.value = text)}
      />
    </div>
  );
}

/** What the list is narrowed to, as parameters of its file. */
function filterQuery({ choice, placeText }: ConnectivityData): string {
  const { reach } = choice.value;
  const name = placeText.value.trim();
  return `${reach ? `&status=${reach}` : ''}${name ? `&name=${encodeURIComponent(name)}` : ''}`;
}

function placesText(part: PlaceSection, totals: PlaceConnectivityList['totals']): string {
  if (totals.total === 0) return t('network.empty');
  return t(totals.on_fibre === 0 ? `network.${part}_none` : `network.${part}_summary`, totals);
}

/** Every commune centre or site: on fibre or how far from it, by how many ways; one opened has its paths on the map. */
function PlacesSection({ app, data, part }: Props & { part: PlaceSection }) {
  useEffect(
    () => () => {
      data.placeText.value = '';
    },
    [part],
  );
  const level = part === 'sites' ? 'site' : 'commune';
  return (
    <AsyncView resource={data.places} lines={8}>
      {({ items, totals, numberMatched }) => {
        // The last answer may still be that of the other list.
        if (items.some(({ kind }) => kind !== level)) return null;
        const shown = data.shown.value;
        return (
          <>
            <p class="lead" aria-live="polite">
              {placesText(part, totals)}
            </p>
            {part === 'communes' && totals.total > 0 && <p class="hint">{t('network.communes_rule')}</p>}
            {numberMatched > 0 && <Filter app={app} data={data} totals={totals} />}
            {shown.length > 0 && (
              <ExportLinks
                app={app}
                kind="connectivity"
                what={t(`network.part_${part}`)}
                query={`${data.subject.value}${ratesQuery(data.choice.value)}&level=${level}${filterQuery(data)}`}
                count={shown.length}
              />
            )}
            {numberMatched > 0 && shown.length === 0 && <p class="empty">{t('network.no_places')}</p>}
            <ul class="plain-list network-list">
              {shown.map((item) => (
                <Row key={item.id} app={app} data={data} item={item} />
              ))}
            </ul>
            {numberMatched > items.length && (
              <p class="hint">{t('network.places_more', { count: numberMatched - items.length })}</p>
            )}
          </>
        );
      }}
    </AsyncView>
  );
}

export const CommunesSection = (props: Props) => <PlacesSection {...props} part="communes" />;
export const SitesSection = (props: Props) => <PlacesSection {...props} part="sites" />;
