/** One setting of the experiment, drawn from the schema of the whole configuration. */
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft, useSetting } from '../../../store/draft.ts';
import { fieldAnchor, issueAt } from '../../../store/guideIssues.ts';
import { SchemaFieldControl } from '../../../ui/SchemaFieldControl.tsx';
import { fieldOf, schemaAt } from '../../../ui/schemaFields.ts';

export function ConfigField({
  path,
  title,
  hint,
}: {
  readonly path: readonly string[];
  /** In place of the schema's, where the place tells the rest. */
  readonly title?: string;
  readonly hint?: string;
}) {
  const runConfig = useCatalog((state) => state.catalog?.runConfig);
  const problem = useDraft(({ checked }) => issueAt(checked, path));
  const [value, change] = useSetting(path);
  const schema = schemaAt(runConfig, ...path);
  const field = schema === undefined ? undefined : fieldOf(path[path.length - 1], schema);
  if (field === undefined) return undefined;
  return (
    <SchemaFieldControl
      field={title === undefined ? field : { ...field, title }}
      id={fieldAnchor(path)}
      value={value}
      onChange={change}
      problem={problem}
      hint={hint}
    />
  );
}
