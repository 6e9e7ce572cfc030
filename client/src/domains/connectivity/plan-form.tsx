import { t, term } from '../../i18n/index.ts';
import {
  costLimits,
  hopLimits,
  initialPlan,
  type PlanQuestion,
  planDeployments,
  planGoals,
  planQuery,
  planWays,
} from '../../state/network-choice.ts';
import { limitedNumber } from '../../ui/limited-number.ts';
import { Segments } from '../../ui/segments.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import { fieldText, NumberField } from './number-field.tsx';

/** What the planner is asked; nothing is sent before the button. */
export function PlanForm({
  question,
  onAsk,
}: {
  question: PlanQuestion | null;
  onAsk: (question: PlanQuestion) => void;
}) {
  const asked = question ?? initialPlan;
  const key = question && planQuery(question);
  const [form, setForm] = useDraft<PlanQuestion>(asked, key);
  const [hop, setHop] = useDraft(fieldText(asked.maxHopM), key);
  const [cost, setCost] = useDraft(fieldText(asked.costPerM), key);
  const change = (part: Partial<PlanQuestion>): void => setForm((known) => ({ ...known, ...part }));
  const [maxHopM, costPerM] = [limitedNumber(hop, hopLimits), limitedNumber(cost, costLimits)];
  const isWrong = maxHopM === 'wrong' || costPerM === 'wrong';
  return (
    <form
      class="network-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) onAsk({ ...form, maxHopM, costPerM });
      }}
    >
      <Segments
        label={t('network.goal')}
        value={form.goal}
        options={planGoals.map((value) => ({ value, label: t(`network.goal_${value}`) }))}
        onChange={(goal) => change({ goal })}
      />
      {form.goal === 'extend' && <p class="hint">{t('network.plan_extend_from')}</p>}
      <div class="filter-grid">
        <SelectField
          label={t('network.along')}
          value={form.along}
          options={planWays.map((value) => ({ value, label: t(`network.along_${value}`) }))}
          onChange={(value) => change({ along: planWays.find((way) => way === value) ?? initialPlan.along })}
        />
        <SelectField
          label={t('fibre.deployment')}
          value={form.deployment}
          options={planDeployments.map((value) => ({ value, label: term('deployment', value) }))}
          onChange={(value) =>
            change({ deployment: planDeployments.find((kind) => kind === value) ?? initialPlan.deployment })
          }
        />
        <NumberField label={t(`network.max_hop_${form.along}`)} text={hop} limits={hopLimits} onChange={setHop} />
        <NumberField label={t('network.cost_per_m')} text={cost} limits={costLimits} onChange={setCost} />
      </div>
      <button type="submit" class="button button-primary" disabled={isWrong}>
        {t('network.compute_plan')}
      </button>
    </form>
  );
}
