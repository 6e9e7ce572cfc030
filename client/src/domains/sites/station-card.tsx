import type { SiteDetail } from '../../../../server/contract/wire.ts';
import { day, number, t, term } from '../../i18n/index.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

type Station = SiteDetail['station_details'][number];
type Certificate = Station['certificates'][number];

const tones: Record<Certificate['state'], Tone> = { valid: 'good', due: 'warn', expired: 'bad' };

function CertificateLine({ certificate }: { certificate: Certificate }) {
  const { days_left: left } = certificate;
  return (
    <p class="certificate">
      <Badge tone={tones[certificate.state]}>{term('certificate', certificate.state)}</Badge>{' '}
      {t('sites.certificate', { no: certificate.no })}, {certificate.issuer},{' '}
      {t('sites.certificate_expires', { date: day(certificate.expires) })} (
      {left >= 0 ? t('sites.days_left', { days: left }) : t('sites.days_over', { days: -left })})
      {certificate.shared && ` · ${t('sites.shared')}`}
    </p>
  );
}

function Cells({ cells }: { cells: Station['cells'] }) {
  return (
    <div class="table-scroll">
      <table class="figures figures-compact">
        <thead>
          <tr>
            <th scope="col">{t('sites.cell')}</th>
            <th scope="col">{t('sites.band')}</th>
            <th scope="col" class="numeric">
              {t('sites.azimuth')}
            </th>
            <th scope="col" class="numeric">
              {t('sites.antenna_height')}
            </th>
            <th scope="col" class="numeric">
              {t('sites.eirp')}
            </th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.id}>
              <th scope="row">{cell.cell_code}</th>
              <td>{`${cell.technology} ${cell.band_mhz === null ? '' : String(cell.band_mhz)}`}</td>
              <td class="numeric">{cell.azimuth_deg === null ? t('sites.omni') : `${number(cell.azimuth_deg)}°`}</td>
              <td class="numeric">{cell.antenna_height_m === null ? '–' : `${number(cell.antenna_height_m, 1)} m`}</td>
              <td class="numeric" title={cell.value_source === 'default' ? t('sites.default_value') : undefined}>
                {cell.eirp_dbm === null ? '–' : `${number(cell.eirp_dbm, 1)} dBm`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One operator's service on a mast, with its certificates and cells. */
export function StationCard({ station }: { station: Station }) {
  const facts = [
    station.bts_class === null ? '' : t('sites.bts_class', { value: station.bts_class }),
    station.mast_no === null ? '' : t('sites.mast', { no: station.mast_no }),
    station.equipment ?? '',
    t('sites.commissioned', { date: day(station.commissioned) }),
    station.decommissioned ? t('sites.decommissioned', { date: day(station.decommissioned) }) : '',
  ].filter(Boolean);
  return (
    <article class="station">
      <h4>
        {station.operator_name} <span class="code">{station.operator_code}</span>
      </h4>
      <p class="hint">{facts.join(' · ')}</p>
      {station.certificates.length === 0 && <p class="hint">{t('sites.no_certificate')}</p>}
      {station.certificates.map((certificate) => (
        <CertificateLine key={certificate.no} certificate={certificate} />
      ))}
      {station.cells.length > 0 && <Cells cells={station.cells} />}
    </article>
  );
}
