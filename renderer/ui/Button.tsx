/** Buttons and links that look like them. One that cannot be used stays focusable and says why. */
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';
import { Tip } from './Tip.tsx';

export type ButtonTone = 'plain' | 'primary' | 'quiet' | 'danger';

interface Look {
  readonly tone?: ButtonTone;
  readonly size?: 'normal' | 'small';
  readonly icon?: ReactNode;
}

function classOf({ tone = 'plain', size = 'normal' }: Look, iconOnly: boolean): string {
  return `button ${tone} ${size === 'small' ? 'small' : ''} ${iconOnly ? 'icon-only' : ''}`;
}

type ButtonProps = Look &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
    /** Why it cannot be used now; absent = it can. */
    readonly unavailable?: string | undefined;
  };

export function Button({ tone, size, icon, unavailable, onClick, children, ...rest }: ButtonProps) {
  const isOff = unavailable !== undefined;
  const button = (
    <button
      type="button"
      {...rest}
      className={classOf({ tone, size }, false)}
      aria-disabled={isOff || undefined}
      onClick={isOff ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      {children}
    </button>
  );
  return isOff && unavailable !== '' ? <Tip text={unavailable}>{button}</Tip> : button;
}

/** Only a picture: the label is for screen readers and shown as a tip. */
export function IconButton({
  label,
  icon,
  tone = 'quiet',
  size,
  unavailable,
  onClick,
  ...rest
}: ButtonProps & { readonly label: string; readonly icon: ReactNode }) {
  const isOff = unavailable !== undefined;
  return (
    <Tip text={isOff && unavailable !== '' ? `${label}: ${unavailable}` : label}>
      <button
        type="button"
        {...rest}
        className={classOf({ tone, size }, true)}
        aria-label={label}
        aria-disabled={isOff || undefined}
        onClick={isOff ? (event) => event.preventDefault() : onClick}
      >
        {icon}
      </button>
    </Tip>
  );
}

export function LinkButton({
  to,
  tone,
  size,
  icon,
  children,
}: Look & { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link href={to} className={classOf({ tone, size }, false)}>
      {icon}
      {children}
    </Link>
  );
}
