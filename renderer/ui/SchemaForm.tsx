/** A form drawn from the schema of a registry entry: simple view shows a chosen few, expert view all. */
import { fieldAnchor } from '../store/guideIssues.ts';
import { usePreferences } from '../store/preferences.ts';
import { schemaForm } from '../texts/schemaForm.ts';
import { Button } from './Button.tsx';
import { SchemaFieldControl } from './SchemaFieldControl.tsx';
import type { Schema, SchemaField } from './schemaFields.ts';
import { fieldsOf } from './schemaFields.ts';
import './schemaForm.css';

export interface FieldIssue {
  /** From the experiment down. */
  readonly path: readonly string[];
  readonly message: string;
  readonly hint: string;
}

export interface SchemaFormProps {
  readonly schema: Schema;
  /** The settings that were chosen; defaults are not filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** undefined leaves the setting out again. */
  readonly onChange: (name: string, value: unknown) => void;
  /** Where the settings stand in the experiment. */
  readonly path: readonly string[];
  /** What the library says of the experiment; those of this form's fields are picked out. */
  readonly issues?: readonly FieldIssue[];
  /** Settings that are shown always, in this order; the others only to experts. All where left out. */
  readonly simple?: readonly string[];
  /** Settings that have forms of their own. */
  readonly except?: readonly string[];
  /** Better words than the schema's, by setting. */
  readonly hints?: Readonly<Record<string, string>>;
}

export function SchemaForm(props: SchemaFormProps) {
  const { schema, settings, onChange, path, issues = [], simple, except = [], hints = {} } = props;
  const isExpert = usePreferences((state) => state.expert);
  const change = usePreferences((state) => state.change);
  const fields = fieldsOf(schema).filter(({ name }) => !except.includes(name));
  const { shown, hidden } = divide(
    fields,
    simple,
    isExpert,
    (name) => issueOf(issues, [...path, name]) !== undefined,
  );
  const changed = hidden.filter(({ name }) => settings[name] !== undefined).length;
  if (fields.length === 0) return undefined;
  return (
    <div className="schema-form">
      <div className="schema-fields">
        {shown.map((field) => (
          <SchemaFieldControl
            key={field.name}
            field={field}
            id={fieldAnchor([...path, field.name])}
            value={settings[field.name]}
            onChange={(value) => onChange(field.name, value)}
            problem={issueOf(issues, [...path, field.name])}
            hint={hints[field.name]}
          />
        ))}
      </div>
      {hidden.length > 0 && (
        <div className="schema-more">
          <span>
            {schemaForm.more(hidden.length)}
            {changed > 0 && `, ${schemaForm.moreChanged(changed)}`}
          </span>
          <Button size="small" tone="quiet" onClick={() => change({ expert: true })}>
            {schemaForm.showExpert}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A setting with a mistake is never hidden. */
function divide(
  fields: readonly SchemaField[],
  simple: readonly string[] | undefined,
  isExpert: boolean,
  isWrong: (name: string) => boolean,
): { readonly shown: readonly SchemaField[]; readonly hidden: readonly SchemaField[] } {
  if (simple === undefined) return { shown: fields, hidden: [] };
  const first = simple.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const rest = fields.filter((field) => !first.includes(field));
  if (isExpert) return { shown: [...first, ...rest], hidden: [] };
  return {
    shown: [...first, ...rest.filter(({ name }) => isWrong(name))],
    hidden: rest.filter(({ name }) => !isWrong(name)),
  };
}

function issueOf(issues: readonly FieldIssue[], path: readonly string[]): FieldIssue | undefined {
  return issues.find((issue) => path.every((name, i) => issue.path[i] === name));
}
