import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CutResult } from '../../../../server/contract/connectivity.ts';
import type { ApiError } from '../../api/api-error.ts';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { LoadError } from '../../ui/async-view.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NetworkNote } from './chooser.tsx';
import { communeNamer, districtNamer } from './names.ts';
import type { Reroute } from './outage.ts';

/** Why there is no answer, with a retry. */
export function CutError({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  if (error.status === 404) return <Notice tone="warn">{t('network.not_in_network')}</Notice>;
  return <LoadError error={error} onRetry={onRetry} />;
}

/** Places by name: how many, and each of them. */
function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <>{t('app.none')}</>;
  if (names.length <= 3) return <>{names.join(', ')}</>;
  return (
    <details>
      <summary>{number(names.length)}</summary>
      {names.join(', ')}
    </details>
  );
}

interface LossesProps {
  app: AppContext;
  result: CutResult;
  /** The district whose new way is on the map. */
  reroute: Signal<Reroute | null>;
}

/** One of the districts that go another way: pressed, its new way is on the map. */
function ReroutedRow({ app, item, reroute }: Omit<LossesProps, 'result'> & { item: Reroute }) {
  const isShown = reroute.value === item;
  const show = (): void => {
    reroute.value = isShown ? null : item;
    if (!isShown && item.bbox) app.session.camera.value = { bbox: item.bbox };
  };
  return (
    <li>
      <button type="button" class="link" aria-pressed={isShown} onClick={show}>
        {t('network.rerouted', {
          name: districtNamer(app)(item.code),
          before: number(item.length_km_before, 1),
          after: number(item.length_km_after, 1),
          hops_before: item.hops_before,
          hops_after: item.hops_after,
        })}
      </button>
    </li>
  );
}

function ReroutedList({ result, ...props }: LossesProps) {
  const rows = (
    <ul class="plain-list cut-rerouted">
      {result.rerouted.map((item) => (
        <ReroutedRow key={item.code} item={item} {...props} />
      ))}
    </ul>
  );
  if (result.rerouted.length <= 3) return rows;
  return (
    <details>
      <summary>{number(result.rerouted.length)}</summary>
      {rows}
    </details>
  );
}

/** Whom a cut loses, and whom it sends another way. */
export function CutLosses({ app, result, reroute }: LossesProps) {
  const { lost, rerouted } = result;
  // The way of another answer, or of one that is shown no longer.
  useEffect(
    () => () => {
      reroute.value = null;
    },
    [result],
  );
  const [district, commune] = [districtNamer(app), communeNamer(app)];
  const nothing =
    lost.district_centres.length + lost.communes.length + lost.sites + lost.people + rerouted.length === 0;
  if (nothing)
    return (
      <>
        <NetworkNote app={app} />
        <p>{t('fibre.cut_nothing')}</p>
      </>
    );
  return (
    <>
      <NetworkNote app={app} />
      <Facts
        items={[
          [
            t('fibre.cut_districts'),
            lost.district_centres.length > 0 ? lost.district_centres.map(district).join(', ') : t('app.none'),
          ],
          [t('fibre.cut_communes'), <Names key="communes" names={lost.communes.map(commune)} />],
          [t('fibre.cut_sites'), number(lost.sites)],
          [t('fibre.cut_people'), number(lost.people)],
          [
            t('fibre.cut_rerouted'),
            rerouted.length > 0 ? <ReroutedList app={app} result={result} reroute={reroute} /> : null,
          ],
        ]}
      />
      <p class="hint">{t('fibre.cut_sites_note')}</p>
    </>
  );
}
