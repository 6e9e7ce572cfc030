import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

export interface TabItem<T extends string> {
  id: T;
  label: string;
  icon: IconName;
}

interface TabListProps<T extends string> {
  label: string;
  items: readonly TabItem<T>[];
  current: T;
  onSelect: (id: T) => void;
}

const steps: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

export const tabId = (id: string): string => `tab-${id}`;
export const tabPanelId = (id: string): string => `panel-${id}`;

/** Tabs by the ARIA pattern: one stop for Tab, arrows, Home and End move between them. */
export function TabList<T extends string>({ label, items, current, onSelect }: TabListProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = items.findIndex((item) => item.id === current);
    const next = items[steps[event.key]?.(index, items.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`#${tabId(next.id)}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" tabIndex={-1} aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          id={tabId(item.id)}
          class="tab"
          aria-selected={item.id === current}
          aria-controls={tabPanelId(item.id)}
          tabIndex={item.id === current ? 0 : -1}
          onClick={() => onSelect(item.id)}
        >
          <Icon name={item.icon} />
          <span>{item.label}</span>
        </button>
      ))}
    </div>
  );
}

export function TabPanel({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <div class="tab-panel" role="tabpanel" id={tabPanelId(id)} aria-labelledby={tabId(id)} tabIndex={-1}>
      {children}
    </div>
  );
}
