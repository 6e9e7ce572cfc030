import { useId, useState } from 'preact/hooks';
import type { TopologyFindingItem, TopologyList } from '../../../../server/contract/connectivity.ts';
import { ApiError } from '../../api/api-error.ts';
import { number, t } from '../../i18n/index.ts';
import { problemText } from '../../i18n/problem-text.ts';
import type { AppContext } from '../../state/app-context.ts';
import { AsyncView } from '../../ui/async-view.tsx';
import type { ConnectivityData } from './data.ts';
import { ToleranceForm } from './tolerance-form.tsx';

interface Props {
  app: AppContext;
  data: ConnectivityData;
}

const faultZoom = 15;

interface Repaired {
  applied: number;
  passed_over: string[];
}

const networkText = (network: string): string => `${t('fibre.network')}: ${network}`;

function Finding({
  app,
  item,
  network,
  isChosen,
  onChoose,
}: {
  app: AppContext;
  item: TopologyFindingItem;
  /** Of which network it is; null where that goes without saying. */
  network: string | null;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}) {
  const { lon, lat } = item;
  return (
    <li class="finding">
      {item.proposal && (
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={`${t('network.accept_one')}: ${item.sentence}${network === null ? '' : ` ${networkText(network)}`}`}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      )}
      <button
        type="button"
        class="link"
        disabled={lon === null || lat === null}
        onClick={() => {
          if (lon !== null && lat !== null) app.session.camera.value = { point: { lon, lat, zoom: faultZoom } };
        }}
      >
        {item.sentence}
        {network !== null && <span class="finding-network">{networkText(network)}</span>}
      </button>
    </li>
  );
}

function repairedText({ applied, passed_over }: Repaired): string {
  const done = t('network.repaired', { count: applied });
  return passed_over.length === 0 ? done : `${done} ${t('network.passed_over', { count: passed_over.length })}`;
}

/** What counted as near when the list was made. */
function toleranceText({ tolerances }: TopologyList): string {
  const metres = (name: string): string => number(tolerances[name], 1);
  return t('network.snap_used', { snap: metres('snap_m'), end: metres('end_m'), reach: metres('reach_m') });
}

/** Accepts what is chosen; the reason, which may be left out, is kept in the audit log. */
function AcceptForm({
  count,
  editing,
  onAccept,
}: {
  count: number;
  editing: boolean;
  onAccept: (why: string) => Promise<boolean>;
}) {
  const [why, setWhy] = useState('');
  const id = useId();
  const accept = async (): Promise<void> => {
    if (await onAccept(why.trim())) setWhy('');
  };
  return (
    <form
      class="network-form"
      onSubmit={(event) => {
        event.preventDefault();
        void accept();
      }}
    >
      {editing && (
        <div class="field">
          <label for={id}>{t('network.why')}</label>
          <input
            id={id}
            type="text"
            maxLength={1_000}
            autocomplete="off"
            value={why}
            onInput={(event) => setWhy(event.currentTarget.value)}
          />
        </div>
      )}
      <button type="submit" class="button button-plain" disabled={count === 0 || !editing}>
        {t('network.accept', { count })}
      </button>
      {!editing && <p class="hint">{t('network.no_editing')}</p>}
    </form>
  );
}

/** Whether there are several networks in the inventory of the day or among the faults. */
function haveSeveralNetworks(data: ConnectivityData, items: readonly TopologyFindingItem[]): boolean {
  const all = [...items, ...(data.nodes.state.value.data?.items ?? [])].map(({ network }) => network);
  return new Set(all.filter((network) => network !== null)).size > 1;
}

/** Faults of the drawing, each with a repair that is carried out only when accepted. */
export function TopologySection({ app, data }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState<{ text: string; isBad: boolean } | null>(null);
  const editing = app.session.meta.state.value.data?.editing ?? false;
  /** @returns whether it was carried out */
  const repair = async ({ tolerance_m }: TopologyList, keys: readonly string[], why: string): Promise<boolean> => {
    try {
      const done = await app.session.editToken.write<Repaired>(app.api, {
        method: 'POST',
        path: '/connectivity/topology/repairs',
        body: { keys, tolerance_m, ...(why && { why }) },
      });
      if (!done) return false;
      setTold({ text: repairedText(done), isBad: false });
      setChosen(new Set());
      app.session.dataChanges.value += 1;
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setTold({ text: problemText(error), isBad: true });
      return false;
    }
  };
  /** What is chosen and still there: others may have repaired it. */
  const keysOf = (items: readonly TopologyFindingItem[]): string[] =>
    items.flatMap(({ key, proposal }) => (proposal && chosen.has(key) ? [key] : []));
  const choose = (key: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  return (
    <>
      <ToleranceForm app={app} />
      <AsyncView resource={data.topology} lines={6}>
        {(list) => {
          const { items, numberMatched } = list;
          const accepted = keysOf(items);
          const areSeveral = haveSeveralNetworks(data, items);
          return (
            <>
              {numberMatched > 0 && <p class="lead">{t('network.findings', { count: numberMatched })}</p>}
              {numberMatched > 0 && <p class="hint">{t('network.findings_hint')}</p>}
              {told && <output class={told.isBad ? 'notice notice-error' : 'notice notice-good'}>{told.text}</output>}
              {items.length === 0 && <p class="empty">{t('network.no_findings')}</p>}
              <p class="hint">{toleranceText(list)}</p>
              <ul class="plain-list">
                {items.map((item) => (
                  <Finding
                    key={item.key}
                    app={app}
                    item={item}
                    network={areSeveral ? item.network : null}
                    isChosen={chosen.has(item.key)}
                    onChoose={(isChosen) => choose(item.key, isChosen)}
                  />
                ))}
              </ul>
              {items.length > 0 && (
                <AcceptForm count={accepted.length} editing={editing} onAccept={(why) => repair(list, accepted, why)} />
              )}
            </>
          );
        }}
      </AsyncView>
    </>
  );
}
