/** A labelled control with its unit, its hint and what is wrong with its value. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import { withIsolatedNames } from '../texts/isolated.ts';

export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

export function Field({
  label,
  unit,
  hint,
  error,
  id: given,
  action,
  children,
}: {
  readonly label: ReactNode;
  readonly unit?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Of the control, where something else leads to it. */
  readonly id?: string | undefined;
  /** Stands at the end of the label's line, such as a button that sets the value back. */
  readonly action?: ReactNode;
  /** Spread what it is given onto the control. */
  readonly children: (control: FieldControl) => ReactNode;
}) {
  const own = useId();
  const id = given ?? own;
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  return (
    <div className="field">
      <div className="field-head">
        <label className="field-label" htmlFor={id}>
          <span>{label}</span>
          {unit !== undefined && <span className="field-unit">{unit}</span>}
        </label>
        {action}
      </div>
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(error === undefined ? {} : { 'aria-invalid': true }),
      })}
      {hint !== undefined && (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error !== undefined && (
        <div className="field-error" id={`${id}-error`} role="alert">
          {withIsolatedNames(error)}
        </div>
      )}
    </div>
  );
}
