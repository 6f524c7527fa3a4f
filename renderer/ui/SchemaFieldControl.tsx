/** One setting of a schema as a labelled control: number, pixel value, switch, one of few, some of many, text. */
import { RotateCcw } from 'lucide-react';
import { assertNever } from '../../core/base/errors.ts';
import { schemaForm } from '../texts/schemaForm.ts';
import { IconButton } from './Button.tsx';
import { Select, Switch } from './controls.tsx';
import type { FieldControl } from './Field.tsx';
import { Field } from './Field.tsx';
import { NumberInput } from './NumberInput.tsx';
import type { NumberField, SchemaField } from './schemaFields.ts';
import { hintOf, ownError, problemWords, showNumber } from './schemaFields.ts';

interface Props {
  readonly field: SchemaField;
  readonly id: string;
  /** As the experiment holds it; undefined = left out. */
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** What the library says of it. */
  readonly problem?: Parameters<typeof problemWords>[0] | undefined;
  readonly hint?: string | undefined;
}

export function SchemaFieldControl({ field, id, value, onChange, problem, hint = hintOf(field) }: Props) {
  const own = ownError(field, value);
  const error = own ?? (problem === undefined ? undefined : problemWords(problem));
  if (field.kind === 'switch') {
    return (
      <div className="schema-switch" id={id}>
        <Switch
          label={field.title}
          checked={typeof value === 'boolean' ? value : field.preset}
          onChange={(checked) => onChange(checked === field.preset ? undefined : checked)}
          hint={hint}
        />
        {error !== undefined && (
          <div className="field-error" role="alert">
            {error}
          </div>
        )}
      </div>
    );
  }
  return (
    <Field
      id={id}
      label={field.title}
      unit={unitOf(field)}
      hint={hint}
      error={error}
      action={isReset(field, value) ? undefined : <Reset field={field} onReset={() => onChange(undefined)} />}
    >
      {(control) => <Control field={field} value={value} onChange={onChange} control={control} />}
    </Field>
  );
}

type ControlProps = Pick<Props, 'value' | 'onChange'> & { readonly control: FieldControl };

function Control({ field, value, onChange, control }: ControlProps & { readonly field: SchemaField }) {
  switch (field.kind) {
    case 'number':
      return <NumberControl field={field} value={value} onChange={onChange} control={control} />;
    case 'choice': {
      const options = field.options.map((one) => ({ value: one, label: choiceName(field.name, one) }));
      const chosen = typeof value === 'string' ? value : (field.preset ?? '');
      const unset = { value: '', label: schemaForm.optional };
      return (
        <Select
          {...control}
          value={chosen}
          options={field.preset === undefined ? [unset, ...options] : options}
          onChange={(next) => onChange(next === field.preset || next === '' ? undefined : next)}
        />
      );
    }
    case 'choices': {
      const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
      return (
        <div {...control} className="schema-choices" role="group" aria-label={field.title}>
          {field.options.map((one) => (
            <label key={one} className="switch">
              <input
                type="checkbox"
                role="switch"
                checked={chosen.includes(one)}
                onChange={({ target }) =>
                  onChange(
                    field.options.filter((other) =>
                      other === one ? target.checked : chosen.includes(other),
                    ),
                  )
                }
              />
              <span>{choiceName(field.name, one)}</span>
            </label>
          ))}
        </div>
      );
    }
    case 'text':
      return (
        <input
          {...control}
          className="input"
          value={typeof value === 'string' ? value : ''}
          placeholder={field.preset ?? schemaForm.optional}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
        />
      );
    case 'switch':
      return undefined;
    default:
      return assertNever(field);
  }
}

function NumberControl({ field, value, onChange, control }: ControlProps & { readonly field: NumberField }) {
  const show = (number: number): string => showNumber(field, number);
  return (
    <NumberInput
      {...control}
      value={typeof value === 'number' ? value : value === undefined ? undefined : Number.NaN}
      onChange={onChange}
      show={show}
      placeholder={field.preset === undefined ? schemaForm.optional : show(field.preset)}
    />
  );
}

function Reset({ field, onReset }: { readonly field: SchemaField; readonly onReset: () => void }) {
  const preset = presetWords(field);
  return (
    <IconButton
      size="small"
      icon={<RotateCcw />}
      label={
        preset === undefined ? schemaForm.resetToNone(field.title) : schemaForm.reset(field.title, preset)
      }
      onClick={onReset}
    />
  );
}

function isReset(field: SchemaField, value: unknown): boolean {
  if (value === undefined || field.kind === 'choices') return true;
  return 'preset' in field && value === field.preset;
}

function presetWords(field: SchemaField): string | undefined {
  switch (field.kind) {
    case 'number':
      return field.preset === undefined ? undefined : showNumber(field, field.preset);
    case 'choice':
      return field.preset === undefined ? undefined : choiceName(field.name, field.preset);
    case 'switch':
      return field.preset ? schemaForm.on : schemaForm.off;
    case 'text':
      return field.preset;
    case 'choices':
      return undefined;
  }
}

/** What the schema calls a pixel value is typed as k/255. */
function unitOf(field: SchemaField): string | undefined {
  return field.kind === 'number' && field.isPixelValue ? schemaForm.pixelUnit : field.unit;
}

export function choiceName(setting: string, value: string): string {
  const names = Object.hasOwn(schemaForm.choices, setting) ? schemaForm.choices[setting] : {};
  return Object.hasOwn(names, value) ? names[value] : value;
}
