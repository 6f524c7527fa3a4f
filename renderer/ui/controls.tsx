/** Small controls: select, switch, segments (one of few), choice cards (one of some, with a sentence each). */
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { FieldControl } from './Field.tsx';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly about?: ReactNode;
  /** Why it cannot be chosen. */
  readonly unavailable?: string | undefined;
}

export function Select<T extends string>({
  value,
  options,
  onChange,
  ...control
}: Partial<FieldControl> & {
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly 'aria-label'?: string;
}) {
  return (
    <select
      {...control}
      className="input"
      value={value}
      onChange={({ target }) => onChange(target.value as T)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.unavailable !== undefined}>
          {option.unavailable === undefined ? option.label : `${option.label} — ${option.unavailable}`}
        </option>
      ))}
    </select>
  );
}

export function Switch({
  label,
  checked,
  onChange,
  hint,
}: {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={checked}
          aria-describedby={hint === undefined ? undefined : id}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <div className="field-hint" id={id}>
          {hint}
        </div>
      )}
    </div>
  );
}

export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className="segment" key={option.value} title={option.unavailable}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.unavailable !== undefined}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

export function Choices<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T | undefined;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <div className="choices" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.unavailable !== undefined}
            onChange={() => onChange(option.value)}
          />
          <span className="choice-title">{option.label}</span>
          {option.about !== undefined && <span className="choice-about">{option.about}</span>}
          {option.unavailable !== undefined && <span className="choice-about">{option.unavailable}</span>}
        </label>
      ))}
    </div>
  );
}
