import { t } from '../../i18n/index.ts';
import { AreaSwatch, ChangeSign, SuggestionSign } from './sign.tsx';
import { signKinds, signOf, suggestionKinds } from './signs.ts';
import type { PlanningState } from './state.ts';

/** What planning draws on the map now. */
export function PlanningLegend({ state }: { state: PlanningState }) {
  const changed = new Set(state.plan.value.items.map(({ change }) => signOf(change)));
  const suggested = new Set(
    state.section.value === 'suggest' ? state.suggest.value.result?.items.map(({ kind }) => kind) : [],
  );
  return (
    <ul class="legend-list">
      {(['gained', 'lost'] as const).map((kind) => (
        <li key={kind}>
          <AreaSwatch kind={kind} />
          {t(`planning.${kind}`)}
        </li>
      ))}
      {signKinds
        .filter((kind) => changed.has(kind))
        .map((kind) => (
          <li key={kind}>
            <ChangeSign kind={kind} />
            {t(`planning.kind.${kind}`)}
          </li>
        ))}
      {suggestionKinds
        .filter((kind) => suggested.has(kind))
        .map((kind) => (
          <li key={`suggestion-${kind}`}>
            <SuggestionSign kind={kind} />
            {t(`suggest.legend.${kind}`)}
          </li>
        ))}
    </ul>
  );
}
