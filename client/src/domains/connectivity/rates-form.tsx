import { t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { type FailureRates, initialRates, rateLimits, rateNames } from '../../state/network-choice.ts';
import { Button } from '../../ui/button.tsx';
import { limitedNumber } from '../../ui/limited-number.ts';
import { useDraft } from '../../ui/use-draft.ts';
import { chooseNetwork } from './chooser.tsx';
import { fieldText, NumberField } from './number-field.tsx';

type Texts = Record<keyof FailureRates, string>;

const textsOf = ({ duct, buried, aerial, mttr }: FailureRates): Texts => ({
  duct: fieldText(duct),
  buried: fieldText(buried),
  aerial: fieldText(aerial),
  mttr: fieldText(mttr),
});

/** Failure rates and time to repair of one's own: every availability on the page and in files goes by them. */
export function RatesForm({ app }: { app: AppContext }) {
  const { rates } = app.url.state.value.network;
  const [texts, setTexts] = useDraft(textsOf(rates), JSON.stringify(rates));
  const read = rateNames.map((name) => limitedNumber(texts[name], rateLimits[name]));
  const apply = (): void => {
    const [duct = null, buried = null, aerial = null, mttr = null] = read.map((one) => (one === 'wrong' ? null : one));
    chooseNetwork(app, { rates: { duct, buried, aerial, mttr } });
  };
  return (
    <details class="network-rates">
      <summary>{t('network.rates')}</summary>
      <form
        class="network-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!read.includes('wrong')) apply();
        }}
      >
        <div class="filter-grid">
          {rateNames.map((name) => (
            <NumberField
              key={name}
              label={t(`network.rate_${name}`)}
              text={texts[name]}
              limits={rateLimits[name]}
              onChange={(text) => setTexts((known) => ({ ...known, [name]: text }))}
            />
          ))}
        </div>
        <div class="plan-actions">
          <button type="submit" class="button button-primary" disabled={read.includes('wrong')}>
            {t('network.rates_apply')}
          </button>
          <Button kind="quiet" onClick={() => chooseNetwork(app, { rates: initialRates })}>
            {t('network.rates_preset')}
          </Button>
        </div>
      </form>
    </details>
  );
}
