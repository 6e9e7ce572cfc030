import type { Signal } from '@preact/signals';
import type { FibreNodeItem, FibreSpanItem } from '../../../../server/contract/wire.ts';
import { ApiError } from '../../api/api-error.ts';
import { useResource } from '../../api/use-resource.ts';
import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { select } from '../../state/filter-actions.ts';
import { type FailedPart, mostFailed } from '../../state/network-choice.ts';
import { Button } from '../../ui/button.tsx';
import { chooseNetwork } from './chooser.tsx';
import { CutError, CutLosses } from './cut-losses.tsx';
import { isSamePart, isUnknownTo } from './failed-parts.ts';
import { type FollowedCut, resultOf } from './follow-cut.ts';
import type { Reroute } from './outage.ts';

/** Puts what is looked at among what fails at once, or takes it out again. */
export function GatherButton({ app, part }: { app: AppContext; part: FailedPart }) {
  const { failed } = app.url.state.value.network;
  const isIn = failed.some((one) => isSamePart(one, part));
  const isFull = !isIn && failed.length >= mostFailed;
  const toggle = (): void => {
    const others = failed.filter((one) => !isSamePart(one, part));
    chooseNetwork(app, { failed: isIn ? others : [...others, part] });
  };
  return (
    <>
      <Button kind="quiet" icon={isIn ? 'close' : 'plus'} pressed={isIn} disabled={isFull} onClick={toggle}>
        {t(isIn ? 'network.gathered_out' : `network.gather_${part.kind}`)}
      </Button>
      {(isIn || isFull) && (
        <p class="hint">{t(isFull ? 'network.gathered_full' : 'network.gathered_where', { count: failed.length })}</p>
      )}
    </>
  );
}

/** Name and code of a span or node; its number while they are not known. */
function NameOf({ app, part }: { app: AppContext; part: FailedPart }) {
  const path = `/fibre/${part.kind}s/${part.id}?at=${app.day.value}`;
  const { data } = useResource<FibreSpanItem | FibreNodeItem>(app.api, path, app.reachability.recoveries).state.value;
  const name = data ? [data.name, data.code].filter(Boolean).join(' · ') : part.id;
  return <>{t(`network.failed_${part.kind}`, { name })}</>;
}

function Item({ app, part, isUnknown }: { app: AppContext; part: FailedPart; isUnknown: boolean }) {
  const { failed } = app.url.state.value.network;
  const takeOut = (): void => chooseNetwork(app, { failed: failed.filter((one) => !isSamePart(one, part)) });
  const { kind, id } = part;
  return (
    <li class="network-failed">
      <span>
        {kind === 'group' ? (
          t('network.failed_group', { name: id })
        ) : (
          <button type="button" class="link" onClick={() => select(app, { kind, id: Number(id) })}>
            <NameOf key={id} app={app} part={part} />
          </button>
        )}
        {isUnknown && <small class="field-wrong">{t('network.not_in_network')}</small>}
      </span>
      <Button kind="icon" icon="close" label={t('network.gathered_out')} onClick={takeOut} />
    </li>
  );
}

interface GatheredProps {
  app: AppContext;
  cut: FollowedCut;
  reroute: Signal<Reroute | null>;
}

/** Several failures at once, gathered from the details of spans and nodes, and whom they isolate together. */
export function GatheredCut({ app, cut, reroute }: GatheredProps) {
  const { failed } = app.url.state.value.network;
  const answer = cut.answer.value;
  const result = resultOf(answer);
  return (
    <section class="network-pair network-gathered" aria-label={t('network.gathered')}>
      <h3>{t('network.gathered')}</h3>
      {failed.length === 0 && <p class="hint">{t('network.gathered_hint')}</p>}
      {failed.length > 0 && (
        <>
          <ul class="plain-list">
            {failed.map((part) => (
              <Item
                key={`${part.kind}${part.id}`}
                app={app}
                part={part}
                isUnknown={result !== null && isUnknownTo(result, part)}
              />
            ))}
          </ul>
          <Button kind="quiet" onClick={() => chooseNetwork(app, { failed: [] })}>
            {t('network.gathered_clear')}
          </Button>
          <output class="cut-result">
            {answer === 'running' && t('fibre.cut_running')}
            {answer instanceof ApiError && <CutError error={answer} onRetry={cut.again} />}
            {result && <CutLosses app={app} result={result} reroute={reroute} />}
          </output>
        </>
      )}
    </section>
  );
}
