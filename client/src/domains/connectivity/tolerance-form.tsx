import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { toleranceLimits } from '../../state/network-choice.ts';
import { Button } from '../../ui/button.tsx';
import { limitedNumber } from '../../ui/limited-number.ts';
import { useDraft } from '../../ui/use-draft.ts';
import { chooseNetwork } from './chooser.tsx';
import { fieldText, NumberField } from './number-field.tsx';

/** How near is near where faults of the drawing are looked for. */
export function ToleranceForm({ app }: { app: AppContext }) {
  const { toleranceM } = app.url.state.value.network;
  const [text, setText] = useDraft(fieldText(toleranceM));
  const read = limitedNumber(text, toleranceLimits);
  return (
    <details>
      <summary>{t('network.snap_choose')}</summary>
      <form
        class="network-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (read !== 'wrong') chooseNetwork(app, { toleranceM: read });
        }}
      >
        <NumberField label={t('network.snap')} text={text} limits={toleranceLimits} onChange={setText} />
        <div class="plan-actions">
          <button type="submit" class="button button-primary" disabled={read === 'wrong'}>
            {t('network.snap_apply')}
          </button>
          <Button kind="quiet" onClick={() => chooseNetwork(app, { toleranceM: null })}>
            {t('network.rates_preset')}
          </Button>
        </div>
      </form>
    </details>
  );
}
