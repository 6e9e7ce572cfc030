/** What new cable costs. All of it is configurable; the defaults only set an order of magnitude. */
import type { Translated } from '../../../platform/language.ts';
import type { Deployment } from './availability.ts';

export interface CostModel {
  currency: string;
  /** Cost of a metre of new cable route, laid and spliced. */
  cost_per_m: Readonly<Record<Deployment, number>>;
  /** Length of cable route per metre of straight line, where no line is given to follow. */
  detour: number;
}

export const DEFAULT_COST_MODEL: CostModel = {
  currency: 'USD',
  cost_per_m: { duct: 15.85, buried: 15.85, aerial: 6.33 },
  detour: 1,
};

/** Where each default comes from, for those who read the figures. */
export const COST_MODEL_SOURCES: Readonly<Record<'buried' | 'aerial' | 'duct' | 'detour', Translated>> = {
  buried: {
    vi: 'Analysys Mason trong Capacity (01/4/2011): 15.850 USD mỗi km ở nông thôn các nước mới nổi.',
    en: 'Analysys Mason in Capacity (1 April 2011): 15,850 USD per km in rural areas of emerging markets.',
  },
  aerial: {
    vi: 'Bằng cáp chôn nhân tỷ số các trung vị trong Cartesian, Fiber deployment annual report (2023): 6,49 trên 16,25 USD mỗi foot.',
    en: 'As buried, times the ratio of the medians in Cartesian, Fiber deployment annual report (2023): 6.49 to 16.25 USD per foot.',
  },
  duct: {
    vi: 'Giả định: cống mới có chi phí bằng hào cáp.',
    en: 'Assumption: a new duct costs what a trench costs.',
  },
  detour: {
    vi: 'Giả định: đường thẳng; tăng lên để tính đường vòng.',
    en: 'Assumption: straight lines; raise it to allow for roads.',
  },
};

/** Cost of a stretch in the model's currency. */
export function buildCost(lengthM: number, deployment: Deployment, model: CostModel = DEFAULT_COST_MODEL): number {
  return lengthM * model.cost_per_m[deployment];
}
