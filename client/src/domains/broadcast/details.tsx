import type { TransmitterItem } from '../../../../server/contract/broadcast.ts';
import { day, number, percent, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { InSight } from '../../ui/in-sight.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { BroadcastData } from './data.ts';
import { Flags } from './flags.tsx';
import { BroadcastRunNote } from './run-note.tsx';
import { frequencyText, powerText, thresholdText } from './words.ts';

/** Wide enough to see what a transmitter serves. */
const transmitterZoom = 9;

const share = (part: string, whole: string, value: number | null): string =>
  value === null ? t('app.unknown') : `${percent(value)} (${t('app.of', { part, whole })})`;

function declaredText({ declared_pct_pop: people, declared_pct_area: area, declared_source: source }: TransmitterItem) {
  if (people === null && area === null) return t('broadcast.not_declared');
  const parts = [
    people === null ? '' : `${t('coverage.pct_pop')}: ${percent(people)}`,
    area === null ? '' : `${t('coverage.pct_area')}: ${percent(area)}`,
    source,
  ];
  return parts.filter(Boolean).join(' · ');
}

function TransmitterFacts({ item }: { item: TransmitterItem }) {
  const service = `${term('service', item.service)}${item.digital ? ` (${t('broadcast.digital')})` : ''}`;
  return (
    <Facts
      items={[
        [t('broadcast.service'), service],
        [t('broadcast.frequency'), frequencyText(item.frequency_mhz)],
        [t('broadcast.erp'), powerText(item.erp_w)],
        [t('broadcast.height'), `${number(item.height_m, 1)} m`],
        [t('broadcast.polarisation'), item.polarisation && term('polarisation', item.polarisation)],
        [t('broadcast.threshold'), thresholdText(item) ?? t('broadcast.no_threshold')],
        [t('broadcast.people'), share(number(item.people_covered), number(item.population), item.pct_pop)],
        [
          t('broadcast.area'),
          share(number(item.area_covered_km2, 1), `${number(item.area_km2, 1)} km²`, item.pct_area),
        ],
        [t('broadcast.declared'), declaredText(item)],
        [
          t('broadcast.terrain_share'),
          item.flags.includes('no_terrain') || item.pct_terrain === null ? null : percent(item.pct_terrain),
        ],
        [t('broadcast.operator'), item.operator],
        [
          t('broadcast.on_air'),
          item.valid_to ? `${day(item.valid_from)} – ${day(item.valid_to)}` : day(item.valid_from),
        ],
        [t('sites.wgs84'), `${item.lat.toFixed(6)}, ${item.lon.toFixed(6)}`],
      ]}
    />
  );
}

/** One transmitter of the list: what it is, what it serves, and what to make of the figure. */
export function TransmitterDetails({ app, data, id }: { app: AppContext; data: BroadcastData; id: number }) {
  return (
    <AsyncView resource={data.list}>
      {(list) => {
        const item = list.items.find((candidate) => candidate.id === id);
        if (!item) return <p class="empty">{t('app.not_found')}</p>;
        return (
          <>
            <InSight app={app} camera={{ point: { lon: item.lon, lat: item.lat, zoom: transmitterZoom } }} />
            <p class="details-kind">{t('broadcast.transmitter')}</p>
            <h2 class="details-title">
              {item.name} <small>{item.code}</small>
            </h2>
            {item.synthetic && (
              <p class="badges">
                <Badge>{t('app.synthetic')}</Badge>
              </p>
            )}
            {item.reason !== null && (
              <Notice tone="info">
                {t('broadcast.not_computed', { reason: term('broadcast_reason', item.reason) })}
              </Notice>
            )}
            <TransmitterFacts item={item} />
            <Flags flags={item.flags} />
            <BroadcastRunNote app={app} data={data} run={list.run} />
          </>
        );
      }}
    </AsyncView>
  );
}
