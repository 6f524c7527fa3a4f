/** One attack: its norm and radius, and how hard it tries. */
import { radius } from '../../../../core/report/format.ts';
import type { SchemaField } from '../../../ui/schemaFields.ts';
import { fieldOf, problemWords, schemaAt } from '../../../ui/schemaFields.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft } from '../../../store/draft.ts';
import { fieldAnchor, issueAt, issuesBelow } from '../../../store/guideIssues.ts';
import { usePreferences } from '../../../store/preferences.ts';
import type { Tree } from '../../../store/tree.ts';
import { isTree, withValueAt } from '../../../store/tree.ts';
import { schemaForm } from '../../../texts/schemaForm.ts';
import { threat as words } from '../../../texts/threat.ts';
import { Button } from '../../../ui/Button.tsx';
import { Segments } from '../../../ui/controls.tsx';
import { SchemaFieldControl } from '../../../ui/SchemaFieldControl.tsx';
import { Term } from '../../../ui/Term.tsx';
import type { Norm } from './attacks.ts';
import { kindOf, nameOf, readAttacks, stepSizeOf, USUAL_EPSILON, wholeAttack, withKind } from './attacks.ts';
import { EpsilonControl } from './EpsilonControl.tsx';

const NORMS = (['linf', 'l2'] as const).map((value) => ({ value, label: schemaForm.choices.norm[value] }));
/** Of PGD alone: FGSM is one step of ε without a random start. */
const OF_PGD = ['steps', 'stepSize', 'restarts', 'randomStart'];
const FOR_EXPERTS = ['stepSize', 'restarts', 'randomStart'];

export function AttackEditor({
  attacks,
  position,
}: {
  readonly attacks: readonly Tree[];
  readonly position: number;
}) {
  const kinds = useCatalog((state) => state.catalog?.attacks) ?? [];
  const checked = useDraft((state) => state.checked);
  const attack = attacks[position];
  const path = ['evaluate', String(position)];
  const kind = kindOf(attack);
  const norm: Norm = attack.norm === 'l2' ? 'l2' : 'linf';
  const epsilonPath = [...path, 'epsilon'];
  const problem = issueAt(checked, epsilonPath);
  const description = kinds.find(({ id }) => id === kind)?.description;
  const set = (name: string, value: unknown): void => useDraft.getState().set([...path, name], value);
  return (
    <section className="stack" aria-label={words.editor(nameOf(attack))}>
      <div className="attack-choices">
        <div className="stack tight">
          <span className="field-label">{words.kind}</span>
          <Segments
            label={words.kind}
            value={kind as string}
            options={kinds.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(id) => update(path, (newest) => withKind(newest, id))}
          />
        </div>
        <div className="stack tight">
          <span className="field-label">
            <Term id="norm">{words.norm}</Term>
          </span>
          <Segments
            label={words.norm}
            value={norm}
            options={NORMS}
            onChange={(next) => update(path, (newest) => withNorm(newest, next))}
          />
        </div>
      </div>
      {description !== undefined && <p className="small soft">{description}</p>}
      <EpsilonControl
        id={fieldAnchor(epsilonPath)}
        norm={norm}
        value={attack.epsilon}
        preset={USUAL_EPSILON.linf}
        error={problem === undefined ? undefined : problemWords(problem)}
        onChange={(value) => set('epsilon', value)}
      />
      {attacks.length > 1 && <ForAll attacks={attacks} attack={attack} norm={norm} />}
      <OtherSettings attack={attack} path={path} kind={kind} norm={norm} onChange={set} />
      {issuesBelow(checked, path)
        .filter((issue) => issue.path.length === path.length)
        .map(({ message, hint }) => (
          <p key={message} className="field-error" role="alert">
            {message} {hint}
          </p>
        ))}
    </section>
  );
}

/** A radius of one norm means nothing in the other. */
function withNorm(attack: Tree, norm: Norm): Tree {
  const rest = withValueAt(attack, ['stepSize'], undefined);
  return { ...rest, norm, epsilon: USUAL_EPSILON[norm] };
}

/** One attack, made of what it is now. */
function update(path: readonly string[], next: (newest: Tree) => Tree): void {
  useDraft.getState().update(path, (newest) => next(isTree(newest) ? newest : {}));
}

function ForAll({
  attacks,
  attack,
  norm,
}: {
  readonly attacks: readonly Tree[];
  readonly attack: Tree;
  readonly norm: Norm;
}) {
  const { epsilon = USUAL_EPSILON.linf } = attack;
  const isSame = attacks.every(
    (one) => (one.norm ?? 'linf') === norm && (one.epsilon ?? USUAL_EPSILON.linf) === epsilon,
  );
  if (isSame) return undefined;
  return (
    <div>
      <Button
        size="small"
        tone="quiet"
        onClick={() =>
          useDraft.getState().update(['evaluate'], (newest) =>
            readAttacks(newest).map((one) => {
              // A step of its own belongs to the old radius.
              const rest =
                one.norm === norm && one.epsilon === epsilon
                  ? one
                  : withValueAt(one, ['stepSize'], undefined);
              return { ...rest, norm, epsilon };
            }),
          )
        }
      >
        {words.forAll}
      </Button>
    </div>
  );
}

function OtherSettings({
  attack,
  path,
  kind,
  norm,
  onChange,
}: {
  readonly attack: Tree;
  readonly path: readonly string[];
  readonly kind: 'fgsm' | 'pgd';
  readonly norm: Norm;
  readonly onChange: (name: string, value: unknown) => void;
}) {
  const isExpert = usePreferences((state) => state.expert);
  const checked = useDraft((state) => state.checked);
  const schema = useCatalog((state) => state.catalog?.attacks.find(({ id }) => id === kind)?.settings);
  const whole = wholeAttack(withValueAt(attack, ['stepSize'], undefined));
  const hints: Readonly<Record<string, string>> = {
    limit: words.imagesHint,
    ...(whole === undefined ? {} : { stepSize: words.stepSizeHint(radius(stepSizeOf(whole), norm)) }),
  };
  const names = ['steps', 'stepSize', 'restarts', 'randomStart', 'limit'].filter((name) => {
    const isWrong = issueAt(checked, [...path, name]) !== undefined;
    return (
      isWrong || ((kind === 'pgd' || !OF_PGD.includes(name)) && (isExpert || !FOR_EXPERTS.includes(name)))
    );
  });
  return (
    <>
      <div className="schema-fields">
        {names.map((name) => {
          const part = schemaAt(schema, name);
          const field = part === undefined ? undefined : fieldOf(name, part);
          if (field === undefined) return undefined;
          return (
            <SchemaFieldControl
              key={name}
              field={inNorm(field, norm)}
              id={fieldAnchor([...path, name])}
              value={attack[name]}
              onChange={(value) => onChange(name, value)}
              problem={issueAt(checked, [...path, name])}
              hint={hints[name]}
            />
          );
        })}
      </div>
      <p className="small soft">
        {kind === 'fgsm' ? words.fgsmAbout : isExpert ? undefined : words.moreInExpert}
      </p>
    </>
  );
}

/** Steps of L∞ are typed as k/255 like the radius. */
function inNorm(field: SchemaField, norm: Norm): SchemaField {
  if (field.kind !== 'number' || field.name !== 'stepSize') return field;
  return norm === 'linf'
    ? { ...field, isPixelValue: true, unit: words.epsilonUnit.linf }
    : { ...field, unit: words.epsilonUnit.l2 };
}
