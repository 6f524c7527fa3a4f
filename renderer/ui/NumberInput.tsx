/** A number as text, so that half-typed values are not lost; fractions such as 8/255 are numbers too. */
import { useEffect, useState } from 'react';
import type { FieldControl } from './Field.tsx';
import { readNumber } from './readNumber.ts';

export function NumberInput({
  value,
  onChange,
  show = String,
  placeholder,
  list,
  ...control
}: Partial<FieldControl> & {
  readonly value: number | undefined;
  /** Called with NaN for a text that is no number, so that it can be told; undefined where it was emptied. */
  readonly onChange: (value: number | undefined) => void;
  readonly show?: (value: number) => string;
  readonly placeholder?: string | undefined;
  readonly list?: string;
  readonly disabled?: boolean;
  readonly 'aria-label'?: string;
}) {
  const [text, setText] = useState(value === undefined ? '' : show(value));
  // Changed from elsewhere (undo, a preset, a slider): what was typed gives way.
  useEffect(() => {
    setText((old) => {
      const typed = readNumber(old);
      return Object.is(typed, value)
        ? old
        : value === undefined
          ? ''
          : Number.isNaN(value)
            ? old
            : show(value);
    });
  }, [value]);
  return (
    <input
      {...control}
      className="input num"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      value={text}
      placeholder={placeholder}
      list={list}
      onChange={({ target }) => {
        setText(target.value);
        onChange(readNumber(target.value));
      }}
    />
  );
}
