import type { CoverageRun } from '../../contract/index.ts';
import type { Language, Translated } from '../../platform/language.ts';
import { type Statement, vietnamTime } from './statement.ts';

const terrainless: Translated = { vi: 'không có (tầm phủ bị giới hạn)', en: 'none (ranges are capped)' };

/** Which run the figures are of, for the statement of a file; nothing where there is none. */
export function runLines(run: CoverageRun | null, language: Language): Statement['sources'] {
  if (!run) return [];
  const thresholds = Object.entries(run.thresholds).map(([technology, dbm]) => `${technology} ${dbm} dBm`);
  return [
    [{ vi: 'Lần tính', en: 'Run' }, run.id],
    [{ vi: 'Tính cho ngày', en: 'Computed for' }, run.at],
    [{ vi: 'Tính lúc', en: 'Computed at' }, vietnamTime(new Date(run.created_at))],
    [{ vi: 'Mô hình', en: 'Model' }, `${run.model}, ${run.model_version}`],
    [{ vi: 'Địa hình', en: 'Terrain' }, run.terrain_source ?? terrainless[language]],
    [{ vi: 'Cách phân bố dân số', en: 'Method of population' }, run.population_method],
    [{ vi: 'Ngưỡng', en: 'Thresholds' }, thresholds.join('; ')],
  ];
}

const estimated: Translated = {
  vi: 'Vùng phủ sóng là kết quả ước tính bằng mô hình, không phải số đo.',
  en: 'Coverage is estimated by a model, not measured.',
};
const missing: Translated = {
  vi: 'Chưa có lần tính nào cho thời kỳ địa giới của ngày này.',
  en: 'Nothing was computed for the communes of this day.',
};
const outdated: Translated = {
  vi: 'Dữ liệu đã thay đổi sau lần tính này.',
  en: 'The inventory has changed since this run.',
};
const elsewhen: Translated = {
  vi: 'Kết quả là của ngày tính, không phải ngày được hỏi.',
  en: 'The figures are those of the day of the run, not of the day asked for.',
};
const synthetic: Translated = {
  vi: 'Tính từ dữ liệu minh hoạ.',
  en: 'Made from synthetic data.',
};

/** What a reader must know of figures of a run, as sentences. */
export function runNotes(run: CoverageRun | null, isSynthetic: boolean, language: Language): string[] {
  const notes: Translated[] = [estimated];
  if (!run) notes.push(missing);
  if (run?.stale) notes.push(outdated);
  if (run?.for_other_day) notes.push(elsewhen);
  if (isSynthetic) notes.push(synthetic);
  return [...notes.map((note) => note[language]), ...(run?.note ? [run.note] : [])];
}
