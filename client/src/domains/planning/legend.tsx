import { t } from '../../i18n/index.ts';
import { AreaSwatch, ChangeSign, SuggestionSign } from './sign.tsx';
import { signKinds } from './signs.ts';

/** What planning draws on the map. */
export function PlanningLegend() {
  return (
    <ul class="legend-list">
      {(['gained', 'lost'] as const).map((kind) => (
        <li key={kind}>
          <AreaSwatch kind={kind} />
          {t(`planning.${kind}`)}
        </li>
      ))}
      {signKinds.map((kind) => (
        <li key={kind}>
          <ChangeSign kind={kind} />
          {t(`planning.kind.${kind}`)}
        </li>
      ))}
      {(['share', 'new'] as const).map((kind) => (
        <li key={`suggestion-${kind}`}>
          <SuggestionSign kind={kind} />
          {t(`suggest.legend.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
