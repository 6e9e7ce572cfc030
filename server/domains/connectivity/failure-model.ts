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

/** The model with where each figure comes from: the published default, or the question itself. */
export function describeFailureModel(model: FailureModel, language: Language): z.infer<typeof failureModel> {
  const { failures_per_1000_km_year: rates, mttr_h } = DEFAULT_FAILURE_MODEL;
  const isDefault = {
    failures_per_1000_km_year: (Object.keys(rates) as (keyof typeof rates)[]).every(
      (kind) => model.failures_per_1000_km_year[kind] === rates[kind],
    ),
    mttr_h: model.mttr_h === mttr_h,
  };
  return {
    failures_per_1000_km_year: { ...model.failures_per_1000_km_year },
    mttr_h: model.mttr_h,
    sources: {
      failures_per_1000_km_year: isDefault.failures_per_1000_km_year
        ? FAILURE_MODEL_SOURCES.failures_per_1000_km_year[language]
        : givenWithQuestion[language],
      mttr_h: isDefault.mttr_h ? FAILURE_MODEL_SOURCES.mttr_h[language] : givenWithQuestion[language],
    },
  };
}
