import type { SiteDetail } from '../../../../server/contract/wire.ts';
import { useResource } from '../../api/use-resource.ts';
import { day, number, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Badge } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { InSight } from '../../ui/in-sight.tsx';
import { StationCard } from './station-card.tsx';

type Mast = SiteDetail['masts'][number];

const degreeDigits = 6;
/** The least zoom for a site that a link leads to. */
const linkZoom = 13;

const metres = (value: number): string => number(value, 2);

function Position({ site }: { site: SiteDetail }) {
  const decimal = `${site.lat.toFixed(degreeDigits)}, ${site.lon.toFixed(degreeDigits)}`;
  const vn2000 = `${site.vn2000_x_north_m.toFixed(2)} ${site.vn2000_y_east_m.toFixed(2)}`;
  const accuracy = site.accuracy_m === null ? '' : `, ${t('sites.accuracy', { accuracy: site.accuracy_m })}`;
  return (
    <Facts
      items={[
        [
          t('sites.wgs84'),
          <>
            {`${site.lat_dms} ${site.lon_dms}`}
            <br />
            {decimal} <CopyButton text={decimal} label={t('sites.wgs84')} />
          </>,
        ],
        [
          t('sites.vn2000', { epsg: String(site.vn2000_epsg) }),
          <>
            {t('sites.vn2000_value', { north: metres(site.vn2000_x_north_m), east: metres(site.vn2000_y_east_m) })}{' '}
            <CopyButton text={vn2000} label="VN-2000" />
          </>,
        ],
        [t('sites.position_method'), term('position', site.position_method) + accuracy],
        [t('sites.position_flag'), site.position_flag && <Badge tone="warn">{term('flag', site.position_flag)}</Badge>],
      ]}
    />
  );
}

function mastLines(mast: Mast): string[] {
  const { height_m: height, building_height_m: building, owner, permit_no: permit } = mast;
  return [
    mast.class ? term('mast', mast.class) : '',
    height === null ? '' : t('sites.height', { height }),
    mast.on_building ? (building === null ? t('sites.on_roof') : t('sites.on_building', { height: building })) : '',
    owner ? t('sites.owner', { owner }) : '',
    permit ? t('sites.permit', { no: permit, date: day(mast.permit_date) }) : '',
  ].filter(Boolean);
}

function Masts({ masts }: { masts: readonly Mast[] }) {
  if (masts.length === 0) return null;
  return (
    <section>
      <h3>{t('sites.masts')}</h3>
      {masts.map((mast) => (
        <p key={mast.mast_no} class="mast">
          <strong>{t('sites.mast', { no: mast.mast_no })}</strong> {mastLines(mast).join(' · ')}
        </p>
      ))}
    </section>
  );
}

function Inspections({ site }: { site: SiteDetail }) {
  return (
    <section>
      <h3>{t('sites.inspections')}</h3>
      {site.inspections.length === 0 && <p class="hint">{t('sites.no_inspections')}</p>}
      {site.inspections.map((inspection) => (
        <p key={`${inspection.inspected_on}${inspection.officer}`}>
          <strong>{day(inspection.inspected_on)}</strong> {inspection.officer} · {inspection.finding}
          {inspection.measures && ` · ${inspection.measures}`}
        </p>
      ))}
    </section>
  );
}

function Site({ site }: { site: SiteDetail }) {
  const place = [site.commune_name, site.district_name].filter(Boolean).join(', ');
  const tone = site.status === 'active' ? 'good' : 'warn';
  const valid =
    site.valid_to === null
      ? t('sites.valid_from', { from: day(site.valid_from) })
      : t('sites.valid_range', { from: day(site.valid_from), to: day(site.valid_to) });
  return (
    <>
      <p class="details-kind">{t('search.site')}</p>
      <h2 class="details-title">
        {site.code} <small>{site.name}</small>
      </h2>
      <p class="badges">
        <Badge tone={tone}>{term('status', site.status)}</Badge>
        {site.operators.length > 1 && <Badge tone="info">{t('sites.shared')}</Badge>}
        {site.synthetic && <Badge>{t('app.synthetic')}</Badge>}
      </p>
      <Facts
        items={[
          [t('sites.unit'), place],
          [t('sites.address'), site.address],
          [t('sites.environment'), term('environment', site.environment)],
          [t('sites.valid'), valid],
          [t('sites.source'), site.source],
        ]}
      />
      <section>
        <h3>{t('sites.position')}</h3>
        <Position site={site} />
      </section>
      <Masts masts={site.masts} />
      <section>
        <h3>{`${t('sites.stations')} (${number(site.station_details.length)})`}</h3>
        {site.station_details.map((station) => (
          <StationCard key={station.id} station={station} />
        ))}
      </section>
      <Inspections site={site} />
    </>
  );
}

export function SiteDetails({ app, id }: { app: AppContext; id: number }) {
  const resource = useResource<SiteDetail>(app.api, `/sites/${id}?at=${app.day.value}`, app.reachability.recoveries);
  return (
    <AsyncView resource={resource} lines={8}>
      {(site) => (
        <>
          <InSight app={app} camera={{ point: { lon: site.lon, lat: site.lat, zoom: linkZoom } }} />
          <Site site={site} />
        </>
      )}
    </AsyncView>
  );
}
