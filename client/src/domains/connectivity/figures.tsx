import type { NetworkFigures } from '../../../../server/contract/connectivity.ts';
import { number, percent, t, term } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import { DownloadLinks } from '../../ui/download-links.tsx';
import { Facts } from '../../ui/facts.tsx';
import type { ConnectivityData } from './data.ts';
import { RatesForm } from './rates-form.tsx';

const kinds = ['duct', 'buried', 'aerial', 'unknown'] as const;

function Lengths({ lengths }: Pick<NetworkFigures, 'lengths'>) {
  return (
    <table class="figures">
      <caption>{t('network.lengths')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('fibre.deployment')}</th>
          <th scope="col" class="numeric">
            {t('network.route_km')}
          </th>
          <th scope="col" class="numeric">
            {t('network.cable_km')}
          </th>
        </tr>
      </thead>
      <tbody>
        {kinds
          .filter((kind) => lengths.by_deployment[kind].spans > 0)
          .map((kind) => (
            <tr key={kind}>
              <th scope="row">{term('deployment', kind)}</th>
              <td class="numeric">{number(lengths.by_deployment[kind].route_km, 1)}</td>
              <td class="numeric">{number(lengths.by_deployment[kind].cable_km, 1)}</td>
            </tr>
          ))}
        <tr>
          <th scope="row">{t('network.total')}</th>
          <td class="numeric">
            <strong>{number(lengths.route_km, 1)}</strong>
          </td>
          <td class="numeric">
            <strong>{number(lengths.cable_km, 1)}</strong>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const reachText = ({ total, on_fibre, on_ring }: NetworkFigures['districts']): string =>
  t('network.reach', { on_fibre: number(on_fibre), total: number(total), on_ring: number(on_ring) });

function Shapes({ app, operators }: { app: AppContext; operators: NetworkFigures['operators'] }) {
  return (
    <ul class="plain-list">
      {operators.map(({ operator, shape, lengths }) => (
        <li key={operator}>
          <strong>{operator === null ? t('network.nobody') : operatorName(app, operator)}</strong>:{' '}
          {t(`network.shape_${shape.class}`)}
          {' · '}
          {t('network.shape_facts', {
            spans: number(lengths.spans),
            km: number(lengths.route_km, 0),
            rings: number(shape.rings),
            bridges: number(shape.bridges),
          })}
        </li>
      ))}
    </ul>
  );
}

/** How much fibre there is, how it is laid, whom it reaches, in what shape; the network as a file. */
export function FiguresSection({ app, data }: { app: AppContext; data: ConnectivityData }) {
  return (
    <AsyncView resource={data.figures} lines={8}>
      {({ lengths, districts, communes, sites, shape, operators, failure_model: model }) => (
        <>
          {lengths.spans === 0 ? (
            <p class="empty">{t('network.empty')}</p>
          ) : (
            <>
              <Lengths lengths={lengths} />
              <p class="hint">{t('network.route_hint')}</p>
            </>
          )}
          <Facts
            items={[
              [t('network.underground'), lengths.underground_pct === null ? null : percent(lengths.underground_pct)],
              [t('network.part_districts'), reachText(districts)],
              [t('network.part_communes'), reachText(communes)],
              [t('network.sites'), reachText(sites)],
              [t('network.shape'), t(`network.shape_${shape.class}`)],
              [t('network.components'), number(shape.components)],
              [t('network.bridges'), number(shape.bridges)],
              [t('network.articulation'), number(shape.articulation_points)],
              [t('network.blocks'), number(shape.blocks)],
            ]}
          />
          <p class="hint">{t('network.ring_hint')}</p>
          {lengths.spans > 0 && <p class="hint">{t('network.shape_hint')}</p>}
          {operators.length > 0 && (
            <section class="network-part">
              <h3>{t('network.by_operator')}</h3>
              <Shapes app={app} operators={operators} />
            </section>
          )}
          <section class="network-part">
            <h3>{t('network.model')}</h3>
            <p class="hint">
              {t('network.model_facts', {
                duct: number(model.failures_per_1000_km_year.duct, 2),
                buried: number(model.failures_per_1000_km_year.buried, 2),
                aerial: number(model.failures_per_1000_km_year.aerial, 2),
                hours: number(model.mttr_h, 1),
              })}{' '}
              {Object.values(model.sources).join(' ')}
            </p>
            <RatesForm app={app} />
          </section>
          <section class="network-part">
            <h3>{t('network.ofds')}</h3>
            <DownloadLinks
              what={t('network.ofds')}
              links={[
                ['JSON', 'json'],
                ['GeoJSON', 'geojson'],
                ['CSV', 'zip'],
              ].map(([label = '', format]) => ({
                label,
                href: app.api.href(`/exports/fibre.${format}?at=${app.day.value}`),
                spoken: `${t('network.ofds')}, ${label}`,
              }))}
            />
          </section>
        </>
      )}
    </AsyncView>
  );
}
