import { type ReadonlySignal, signal } from '@preact/signals';
import { createInstance } from 'i18next';
import type { Language } from '../state/url-state.ts';
import { en } from './en.ts';
import * as format from './format.ts';
import { vi } from './vi.ts';

export type MessageKey = keyof typeof vi;

const current = signal<Language>('vi');

/** The language of the page. A component that reads a message follows it. */
export const language: ReadonlySignal<Language> = current;

const messages = createInstance();
void messages.init({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { translation: vi }, en: { translation: en } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

export function setLanguage(next: Language): void {
  current.value = next;
}

/** The message in the language of the page. Numbers among `values` are written in its format. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? number(value) : value,
  ]);
  const options: Record<string, string> = { ...Object.fromEntries(shown), lng: current.value };
  return messages.t(key, options);
}

/** A message whose key is made from data (`status.active`); the data itself when there is no such message. */
export function term(prefix: string, value: string | null | undefined): string {
  if (!value) return '–';
  const key = `${prefix}.${value}`;
  const lng = current.value;
  return messages.exists(key, { lng }) ? messages.t(key, { lng }) : value;
}

export const number = (value: number | null | undefined, digits?: number): string =>
  format.formatNumber(current.value, value, digits);
export const percent = (value: number | null | undefined, digits?: number): string =>
  format.formatPercent(current.value, value, digits);
export const day = (value: string | null | undefined): string => format.formatDay(current.value, value);
export const moment = (value: string): string => format.formatMoment(current.value, value);
export const distance = (metres: number | null | undefined): string => format.formatDistance(current.value, metres);
export const length = (metres: number | null | undefined): string => format.formatLength(current.value, metres);
export const area = (squareMetres: number | null | undefined): string => format.formatArea(current.value, squareMetres);
