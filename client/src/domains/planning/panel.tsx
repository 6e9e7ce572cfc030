import type { ComponentType } from 'preact';
import { number, t } from '../../i18n/index.ts';
import type { AppContext } from '../../state/app-context.ts';
import { FilterBox } from '../../ui/filter-box.tsx';
import { ChangesSection } from './changes/section.tsx';
import type { ScenariosState } from './scenarios/data.ts';
import { ScenariosSection } from './scenarios/section.tsx';
import { type PlanningState, type Section, sections } from './state.ts';
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

/** What would be if: changes and their effect, the next best sites, saved scenarios. */
export function PlanningPanel({ app, state, scenarios, CommonFilter }: Props) {
  const section = state.section.value;
  return (
    <>
      <FilterBox>
        <CommonFilter />
      </FilterBox>
      <p class="hint plan-promise">{t('planning.promise')}</p>
      <Sections state={state} />
      {section === 'changes' && <ChangesSection app={app} state={state} />}
      {section === 'suggest' && <SuggestSection app={app} state={state} />}
      {section === 'scenarios' && <ScenariosSection app={app} state={state} scenarios={scenarios} />}
    </>
  );
}
