import { z } from 'zod';
import type { failureModel } from '../../contract/index.ts';
import type { Language, Translated } from '../../platform/language.ts';
import {
  DEFAULT_FAILURE_MODEL,
  type Deployment,
  FAILURE_MODEL_SOURCES,
  type FailureModel,
} from './rules/availability.ts';

const rate = z.coerce.number().min(0).max(10_000).optional();
/** Query parameters that replace the default failure rates (failures per 1000 km and year) and repair time (hours). */
export const failureShape = {
  failures_duct: rate,
  failures_buried: rate,
  failures_aerial: rate,
  mttr_h: z.coerce.number().min(0.1).max(8_760).optional(),
};
type Asked = { [Name in keyof typeof failureShape]?: number | undefined };

export function failureModelOf({ failures_duct, failures_buried, failures_aerial, mttr_h }: Asked): FailureModel {
  const { failures_per_1000_km_year: rates } = DEFAULT_FAILURE_MODEL;
  return {
    failures_per_1000_km_year: {
      duct: failures_duct ?? rates.duct,
      buried: failures_buried ?? rates.buried,
      aerial: failures_aerial ?? rates.aerial,
    },
    mttr_h: mttr_h ?? DEFAULT_FAILURE_MODEL.mttr_h,
  };
}

/** The source of what the caller gave. */
export const givenWithQuestion: Translated = { vi: 'Cho trong câu hỏi.', en: 'Given with the question.' };

const givenNames = {
  duct: { vi: 'Cáp trong cống', en: 'Cable in duct' },
  buried: { vi: 'Cáp chôn', en: 'Buried cable' },
  aerial: { vi: 'Cáp treo', en: 'Aerial cable' },
  mttr_h: { vi: 'Thời gian sửa', en: 'Time to repair' },
} as const satisfies Record<keyof typeof FAILURE_MODEL_SOURCES, Translated>;
const given: Translated = { vi: 'cho trong câu hỏi.', en: 'given with the question.' };

/** The model with where each figure comes from: the published default, or the question itself. */
export function describeFailureModel(model: FailureModel, language: Language): z.infer<typeof failureModel> {
  const { failures_per_1000_km_year: rates, mttr_h } = DEFAULT_FAILURE_MODEL;
  const sourceOf = (name: keyof typeof givenNames, isDefault: boolean): string =>
    isDefault ? FAILURE_MODEL_SOURCES[name][language] : `${givenNames[name][language]}: ${given[language]}`;
  const rate = (kind: Deployment): string => sourceOf(kind, model.failures_per_1000_km_year[kind] === rates[kind]);
  return {
    failures_per_1000_km_year: { ...model.failures_per_1000_km_year },
    mttr_h: model.mttr_h,
    sources: {
      duct: rate('duct'),
      buried: rate('buried'),
      aerial: rate('aerial'),
      mttr_h: sourceOf('mttr_h', model.mttr_h === mttr_h),
    },
  };
}
