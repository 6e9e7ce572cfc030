import { useEffect } from 'preact/hooks';
import type { RiskRanking } from '../../../../server/contract/connectivity.ts';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import type { ConnectivityData } from './data.ts';

interface Props {
  app: AppContext;
  data: ConnectivityData;
}

type Losses = Pick<RiskRanking['singles'][number], 'district_centres' | 'communes' | 'people'>;

function lossText(app: AppContext, { district_centres, communes, people }: Losses): string {
  const names = new Map((app.reference.districts.state.value.data?.items ?? []).map(({ code, name }) => [code, name]));
  const districts = district_centres.map((code) => names.get(code) ?? code).join(', ');
  return [
    t('network.loses', { people: number(people), communes: number(communes) }),
    ...(districts ? [districts] : []),
  ].join(' · ');
}

const isShown = (data: ConnectivityData, spans: readonly number[]): boolean =>
  data.failed.value.length > 0 && data.failed.value.join() === spans.join();

function Pair({ app, data, pair }: Props & { pair: NonNullable<RiskRanking['pair']> }) {
  const spans = pair.risks.flatMap((risk) => risk.span_ids);
  return (
    <section class="notice notice-info">
      <div>
        <h3>{t('network.worst_pair')}</h3>
        <p>
          <button
            type="button"
            class="link"
            aria-pressed={isShown(data, spans)}
            onClick={() => (data.failed.value = isShown(data, spans) ? [] : spans)}
          >
            {pair.risks.map((risk) => risk.label).join(' + ')}
          </button>
        </p>
        <p>{lossText(app, pair)}</p>
        <p class="hint">
          {pair.exact ? t('network.pair_exact') : t('network.pair_bound', { people: number(pair.bound_people) })}
        </p>
      </div>
    </section>
  );
}

/** The single cuts that isolate most people, and the worst two together; one chosen is drawn on the map. */
export function RisksSection({ app, data }: Props) {
  useEffect(
    () => () => {
      data.failed.value = [];
    },
    [],
  );
  return (
    <AsyncView resource={data.risks} lines={8}>
      {({ singles, numberMatched, pair }) => (
        <>
          <p class="lead">{t('network.risks_summary', { count: number(numberMatched) })}</p>
          {pair && <Pair app={app} data={data} pair={pair} />}
          {singles.length === 0 && <p class="empty">{t('network.no_risks')}</p>}
          <ol class="plain-list">
            {singles.map((risk) => (
              <li key={risk.span_ids.join()}>
                <button
                  type="button"
                  class="row"
                  aria-pressed={isShown(data, risk.span_ids)}
                  onClick={() => (data.failed.value = isShown(data, risk.span_ids) ? [] : risk.span_ids)}
                >
                  <span class="row-body">
                    <span class="row-top">
                      <strong>{`${number(risk.rank)}. ${risk.label}`}</strong>
                    </span>
                    <span class="row-middle">{lossText(app, risk)}</span>
                    {risk.route_group && (
                      <span class="row-bottom">{t('connectivity.route_group', { group: risk.route_group })}</span>
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ol>
          {numberMatched > singles.length && (
            <p class="hint">{t('network.risks_more', { count: number(numberMatched - singles.length) })}</p>
          )}
        </>
      )}
    </AsyncView>
  );
}
