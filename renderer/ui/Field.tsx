/** A labelled control with its unit, its hint and what is wrong with its value. */
import type { ReactNode } from 'react';
import { useId } from 'react';

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
  children,
}: {
  readonly label: ReactNode;
  readonly unit?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Spread what it is given onto the control. */
  readonly children: (control: FieldControl) => ReactNode;
}) {
  const id = useId();
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        <span>{label}</span>
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </label>
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
          {error}
        </div>
      )}
    </div>
  );
}
