import type { Scenario } from '../../../../server/contract/planning.ts';
import { t } from '../../i18n/index.ts';
import { type AppContext, operatorName } from '../../state/app-context.ts';
import type { Network } from './changes/plan.ts';

/** Operator and technology in words. */
export const subjectText = (
  app: AppContext,
  { operator, technology }: Network | Pick<Scenario, 'operator' | 'technology'>,
): string => `${technology} · ${operator ? operatorName(app, operator) : t('filter.any_operator')}`;
