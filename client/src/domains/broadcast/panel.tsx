import type { BroadcastCommuneList, TransmitterItem, TransmitterList } from '../../../../server/contract/broadcast.ts';
import { number, percent, t, term } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { broadcastServices } from '../../state/broadcast-service.ts';
import { selectAndShow } from '../../state/filter-actions.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import type { BroadcastData } from './data.ts';
import { TransmitterExport } from './export-links.tsx';
import { BroadcastRunNote } from './run-note.tsx';
import { UnionCard } from './union-card.tsx';
import { frequencyText, powerText } from './words.ts';

interface PanelProps {
  app: AppContext;
  data: BroadcastData;
}

function ServiceChoice({ app, data, list }: PanelProps & { list: TransmitterList | null }) {
  return (
    <fieldset class="spot-choice">
      <legend class="visually-hidden">{t('broadcast.services')}</legend>
      {broadcastServices.map((service) => {
        const count = list?.unions.find((union) => union.service === service)?.transmitters;
        return (
          <label key={service}>
            <input
              type="radio"
              name="broadcast-service"
              checked={data.service.value === service}
              onChange={() => {
                // A selected transmitter of another service would keep its own on the map.
                const { selection } = app.url.state.peek();
                app.url.change({ service, selection: selection?.kind === 'transmitter' ? null : selection });
              }}
            />
            {term('service', service)}
            {count !== undefined && <span class="hint">{number(count)}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}

function TransmitterRow({ app, item, selected }: { app: AppContext; item: TransmitterItem; selected: boolean }) {
  const figure = (value: number | null): string => (item.reason === null ? percent(value) : t('app.unknown'));
  return (
    <tr aria-current={selected ? 'true' : undefined}>
      <th scope="row">
        <button type="button" class="link" onClick={() => selectAndShow(app, { kind: 'transmitter', id: item.id })}>
          {item.name}
        </button>
        <small class="status-line">
          {[frequencyText(item.frequency_mhz), powerText(item.erp_w), `${number(item.height_m, 1)} m`].join(' · ')}
        </small>
        {item.reason !== null && <small class="status-line">{term('broadcast_reason', item.reason)}</small>}
      </th>
      <td class="numeric">{figure(item.pct_pop)}</td>
      <td class="numeric">{percent(item.declared_pct_pop)}</td>
      <td class="numeric">{figure(item.pct_area)}</td>
      <td class="numeric">{percent(item.declared_pct_area)}</td>
    </tr>
  );
}

function TransmitterTable({ app, data }: PanelProps) {
  const { selection } = app.url.state.value;
  return (
    <div class="table-wide">
      <table class="figures">
        <caption>{t('broadcast.table')}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('broadcast.transmitter')}
            </th>
            <th scope="colgroup" colSpan={2} class="numeric">
              {t('coverage.pct_pop')}
            </th>
            <th scope="colgroup" colSpan={2} class="numeric">
              {t('coverage.pct_area')}
            </th>
          </tr>
          <tr>
            {(['people', 'area'] as const).flatMap((what) => [
              <th key={`${what}-computed`} scope="col" class="numeric">
                {t('broadcast.computed')}
              </th>,
              <th key={`${what}-declared`} scope="col" class="numeric">
                {t('broadcast.declared')}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {data.items.value.map((item) => (
            <TransmitterRow
              key={item.id}
              app={app}
              item={item}
              selected={selection?.kind === 'transmitter' && selection.id === item.id}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CommuneTable({ app, list }: { app: AppContext; list: BroadcastCommuneList }) {
  return (
    <div class="table-wide">
      <table class="figures">
        <caption>{t('broadcast.communes_of', { service: term('service', list.service) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('coverage.commune')}</th>
            <th scope="col" class="numeric">
              {t('coverage.population')}
            </th>
            <th scope="col" class="numeric">
              {t('coverage.covered')}
            </th>
            <th scope="col" class="numeric">
              {t('coverage.pct_pop')}
            </th>
            <th scope="col" class="numeric">
              {t('coverage.pct_area')}
            </th>
          </tr>
        </thead>
        <tbody>
          {list.items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <button type="button" class="link" onClick={() => selectAndShow(app, { kind: 'commune', id: item.id })}>
                  {item.name}
                </button>
              </th>
              <td class="numeric">{number(item.population)}</td>
              <td class="numeric">{number(item.people_covered)}</td>
              <td class="numeric">{percent(item.pct_pop)}</td>
              <td class="numeric">{percent(item.pct_area)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** By commune, loaded when it is opened. */
function Communes({ app, data }: PanelProps) {
  return (
    <details
      class="card"
      open={data.areCommunesOpen.value}
      onToggle={(event) => {
        data.areCommunesOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t('broadcast.by_commune')}</summary>
      {data.areCommunesOpen.value && (
        <AsyncView resource={data.communes} lines={6}>
          {(list) => <CommuneTable app={app} list={list} />}
        </AsyncView>
      )}
    </details>
  );
}

/** Radio and television: what any transmitter of a service serves, and each of them, computed beside declared. */
export function BroadcastPanel({ app, data }: PanelProps) {
  return (
    <>
      <ServiceChoice app={app} data={data} list={data.list.state.value.data} />
      <AsyncView resource={data.list} lines={8}>
        {(list) => {
          const union = list.unions.find(({ service }) => service === data.service.value);
          return (
            <>
              {union && <UnionCard union={union} />}
              <BroadcastRunNote app={app} data={data} run={list.run} withCompute />
              {data.items.value.length === 0 ? (
                <p class="empty">{t('broadcast.empty', { service: term('service', data.service.value) })}</p>
              ) : (
                <>
                  <TransmitterTable app={app} data={data} />
                  <TransmitterExport app={app} data={data} />
                </>
              )}
              <Communes app={app} data={data} />
            </>
          );
        }}
      </AsyncView>
    </>
  );
}
