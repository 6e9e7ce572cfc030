import { z } from 'zod';
import type { failureModel } from '../../contract/index.ts';
import type { Language, Translated } from '../../platform/language.ts';
import { DEFAULT_FAILURE_MODEL, FAILURE_MODEL_SOURCES, type FailureModel } from './rules/availability.ts';

const rate = z.coerce.number().min(0).max(10_000).optional();
/** Query parameters that replace the default failure rates (failures per 1000 km and year) and repair time (hours). */
export const failureShape = {
  failures_duct: rate,
  failures_buried: rate,
  failures_aerial: rate,
  mttr_h: z.coerce.number().min(0.1).max(8_760).optional(),
};
type Asked = { [Name in keyof typeof failureShape]?: number | undefined };

/** The model that a question asks for. Duct and aerial have no default of their own: each counts as buried until it is given. */
export function failureModelOf({ failures_duct, failures_buried, failures_aerial, mttr_h }: Asked): FailureModel {
  const buried = failures_buried ?? DEFAULT_FAILURE_MODEL.failures_per_1000_km_year.buried;
  return {
    failures_per_1000_km_year: {
      duct: failures_duct ?? buried,
      buried,
      aerial: failures_aerial ?? buried,
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

/** The model of a question with where each figure comes from: the question itself, else what is published or assumed. */
export function describeFailureModel(asked: Asked, language: Language): z.infer<typeof failureModel> {
  const sourceOf = (name: keyof typeof givenNames, value: number | undefined): string =>
    value === undefined ? FAILURE_MODEL_SOURCES[name][language] : `${givenNames[name][language]}: ${given[language]}`;
  return {
    ...failureModelOf(asked),
    sources: {
      duct: sourceOf('duct', asked.failures_duct),
      buried: sourceOf('buried', asked.failures_buried),
      aerial: sourceOf('aerial', asked.failures_aerial),
      mttr_h: sourceOf('mttr_h', asked.mttr_h),
    },
  };
}
