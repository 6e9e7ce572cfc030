import { t } from '../../../i18n/index.ts';
import type { AppContext } from '../../../state/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { refusedChanges } from '../refused-changes.ts';
import { Result } from '../result.tsx';
import { type PlanningState, undoChange } from '../state.ts';
import { ChangeRow } from './change-row.tsx';
import { mostChanges, withoutAll } from './plan.ts';
import { SiteChooser } from './site-chooser.tsx';

/** What is to be changed, and what would come of it. */
export function ChangesSection({ app, state }: { app: AppContext; state: PlanningState }) {
  const { items, past } = state.plan.value;
  const isPlacing = state.placing.value === 'candidate';
  const isFull = items.length >= mostChanges;
  const refused = refusedChanges(state.whatIf.state.value.error);
  return (
    <>
      <Result state={state} />
      <div class="plan-actions">
        <Button
          icon="plus"
          kind="primary"
          pressed={isPlacing}
          disabled={isFull}
          onClick={() => {
            state.placing.value = isPlacing ? null : 'candidate';
            if (!isPlacing && app.session.sheet.peek() === 'full') app.session.sheet.value = 'half';
          }}
        >
          {t('planning.place')}
        </Button>
        <Button icon="undo" disabled={past.length === 0} onClick={() => undoChange(state)}>
          {t('planning.undo')}
        </Button>
        {items.length > 0 && (
          <Button
            onClick={() => {
              state.plan.value = withoutAll(state.plan.peek());
              state.current.value = null;
            }}
          >
            {t('planning.clear')}
          </Button>
        )}
      </div>
      {isFull ? (
        <p class="hint">{t('planning.full', { count: mostChanges })}</p>
      ) : (
        <SiteChooser app={app} state={state} />
      )}
      <section aria-label={t('planning.changes')}>
        <h3>{t('planning.changes_count', { count: items.length })}</h3>
        {items.length === 0 ? (
          <p class="empty">{t('planning.empty')}</p>
        ) : (
          <ol class="changes">
            {items.map((item, index) => (
              <ChangeRow
                key={item.key}
                app={app}
                state={state}
                item={item}
                no={index + 1}
                refused={refused.get(index)}
              />
            ))}
          </ol>
        )}
      </section>
      {items.length > 0 && (
        <Button icon="copy" class="plan-save" onClick={() => (state.section.value = 'scenarios')}>
          {t('planning.save')}
        </Button>
      )}
    </>
  );
}
