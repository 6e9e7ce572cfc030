// oxlint-disable eslint/no-underscore-dangle -- the lifecycle of virtual-core that its adapters call.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps {
  label: string;
  count: number;
  /** All items there are, also those not loaded yet. */
  total: number;
  estimateHeight: number;
  itemKey: (index: number) => string | number;
  renderItem: (index: number) => ComponentChildren;
  /** Asked for when the end comes into sight. */
  onEnd: () => void;
  /** Kept in sight when it changes; -1: none. */
  activeIndex: number;
}

function scrollParent(element: HTMLElement | null): HTMLElement | null {
  for (let parent = element?.parentElement; parent; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return null;
}

/** A list of any length of which only the rows in sight are in the page. It scrolls with the panel round it. */
export function VirtualList(props: VirtualListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [, redraw] = useState(0);
  const virtualizer = useRef<Virtualizer<HTMLElement, HTMLElement> | null>(null);
  const options = {
    count: props.count,
    getScrollElement: () => scrollParent(list.current),
    estimateSize: () => props.estimateHeight,
    getItemKey: props.itemKey,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw((version) => version + 1),
  };
  virtualizer.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const current = virtualizer.current;
  current.setOptions(options);
  useLayoutEffect(() => current._didMount(), [current]);
  useLayoutEffect(() => current._willUpdate());

  const rows: VirtualItem[] = current.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= props.count - 1 && props.count < props.total) props.onEnd();
  }, [last, props.count, props.total]);
  useEffect(() => {
    if (props.activeIndex >= 0) current.scrollToIndex(props.activeIndex, { align: 'auto' });
  }, [props.activeIndex]);

  return (
    <ul class="virtual-list" aria-label={props.label} ref={list} style={{ height: `${current.getTotalSize()}px` }}>
      {rows.map((row) => (
        <li
          key={row.key}
          data-index={row.index}
          ref={(element) => current.measureElement(element)}
          aria-setsize={props.total}
          aria-posinset={row.index + 1}
          style={{ transform: `translateY(${row.start - (options.scrollMargin ?? 0)}px)` }}
        >
          {props.renderItem(row.index)}
        </li>
      ))}
    </ul>
  );
}
