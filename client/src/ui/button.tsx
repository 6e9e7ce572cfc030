import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  onClick?: (event: MouseEvent) => void;
  children?: ComponentChildren;
  icon?: IconName;
  /** Said instead of the content: needed when there is only an icon. */
  label?: string;
  kind?: 'plain' | 'primary' | 'quiet' | 'icon';
  pressed?: boolean;
  expanded?: boolean;
  controls?: string;
  disabled?: boolean;
  class?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', icon, label, children } = props;
  return (
    <button
      type="button"
      ref={props.buttonRef ?? null}
      class={`button button-${kind} ${props.class ?? ''}`}
      onClick={props.onClick}
      disabled={props.disabled}
      aria-label={label}
      title={kind === 'icon' ? label : undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-controls={props.controls}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
