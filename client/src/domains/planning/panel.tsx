import type { ComponentType } from 'preact';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { filterBy } from '../../state/filter-actions.ts';
import { Button } from '../../ui/button.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { Notice } from '../../ui/notice.tsx';
import { networksOf, plannedForOthers } from './changes/plan.ts';
import { ChangesSection } from './changes/section.tsx';
import type { ScenariosState } from './scenarios/data.ts';
import { ScenariosSection } from './scenarios/section.tsx';
import { type PlanningState, type Section, sections } from './state.ts';
import { subjectText } from './subject-text.ts';
import { SuggestSection } from './suggest/section.tsx';

interface Props {
  app: AppContext;
  state: PlanningState;
  scenarios: ScenariosState;
  CommonFilter: ComponentType;
}

function Sections({ state }: { state: PlanningState }) {
  const count = state.plan.value.items.length;
  const label = (section: Section): string =>
    section === 'changes' && count > 0
      ? `${t('planning.changes')} (${number(count)})`
      : t(`planning.section.${section}`);
  return (
    <fieldset class="segments" aria-label={t('tab.planning')}>
      {sections.map((section) => (
        <button
          key={section}
          type="button"
          aria-pressed={state.section.value === section}
          onClick={() => (state.section.value = section)}
        >
          {label(section)}
        </button>
      ))}
    </fieldset>
  );
}

/** Changes stay when another operator or technology is chosen, and then mean its network: without this nobody would see it. */
function OtherNetworks({ app, state }: Pick<Props, 'app' | 'state'>) {
  const now = state.subject.value;
  const others = plannedForOthers(state.plan.value, now);
  const networks = networksOf(others);
  const [only, ...more] = networks;
  return (
    <div class="plan-networks" aria-live="polite">
      {only && (
        <>
          <Notice tone="warn">
            {t('planning.other_network', {
              count: others.length,
              planned: networks.map((network) => subjectText(app, network)).join('; '),
              now: subjectText(app, now),
            })}
          </Notice>
          {more.length === 0 && (
            <Button onClick={() => filterBy(app, { operator: only.operator, technology: only.technology })}>
              {t('planning.back_to', { network: subjectText(app, only) })}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

/** What would be if: changes and their effect, the next best sites, saved scenarios. */
export function PlanningPanel({ app, state, scenarios, CommonFilter }: Props) {
  const section = state.section.value;
  return (
    <>
      <FilterBox>
        <CommonFilter />
      </FilterBox>
      <p class="hint plan-promise">{t('planning.promise')}</p>
      <OtherNetworks app={app} state={state} />
      <Sections state={state} />
      {section === 'changes' && <ChangesSection app={app} state={state} />}
      {section === 'suggest' && <SuggestSection app={app} state={state} />}
      {section === 'scenarios' && <ScenariosSection app={app} state={state} scenarios={scenarios} />}
    </>
  );
}
