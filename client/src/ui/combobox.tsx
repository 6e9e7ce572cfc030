// oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA combobox pattern has no HTML elements with free content.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface ComboboxItem {
  key: string;
  text: string;
  content: ComponentChildren;
}

interface ComboboxProps {
  label: string;
  placeholder: string;
  clearLabel: string;
  text: string;
  items: readonly ComboboxItem[];
  /** Said to screen readers and shown when there is no item: loading, nothing found. */
  status: string;
  onText: (text: string) => void;
  onPick: (key: string) => void;
}

const moves: Record<string, (index: number, count: number) => number> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index <= 0 ? count - 1 : index - 1),
};

/** A text box with a list of suggestions, by the ARIA combobox pattern: the focus stays in the box. */
export function Combobox(props: ComboboxProps) {
  const { items, text } = props;
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const shown = open && text.trim() !== '';
  useEffect(() => setActive(items.length > 0 ? 0 : -1), [items]);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const pick = (index: number): void => {
    const item = items[index];
    if (!item) return;
    setOpen(false);
    props.onPick(item.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move && items.length > 0) {
      event.preventDefault();
      setOpen(true);
      setActive(move(active, items.length));
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault();
      pick(Math.max(active, 0));
    } else if (event.key === 'Escape') {
      if (shown) event.stopPropagation();
      if (shown) setOpen(false);
      else props.onText('');
    }
  };

  return (
    <search class="combobox">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={props.label}
        placeholder={props.placeholder}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        value={text}
        maxLength={100}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          setOpen(true);
          props.onText(event.currentTarget.value);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {text !== '' && (
        <button
          type="button"
          class="combobox-clear"
          aria-label={props.clearLabel}
          onClick={() => {
            props.onText('');
            input.current?.focus();
          }}
        >
          <Icon name="close" size={16} />
        </button>
      )}
      <div class="combobox-drop" hidden={!shown}>
        <ul role="listbox" id={`${id}-list`} aria-label={props.label} ref={list}>
          {items.map((item, index) => (
            <li
              key={item.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(index);
              }}
              onPointerEnter={() => setActive(index)}
            >
              {item.content}
            </li>
          ))}
        </ul>
        {items.length === 0 && props.status !== '' && <p class="combobox-status">{props.status}</p>}
      </div>
      <output class="visually-hidden">{shown ? props.status : ''}</output>
    </search>
  );
}
