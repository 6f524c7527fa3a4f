/** The attacks that are measured, in their order: select, move, remove, add. */
import { ArrowDown, ArrowUp, CircleAlert, Trash2 } from 'lucide-react';
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft } from '../../../store/draft.ts';
import { fieldAnchor, issuesBelow } from '../../../store/guideIssues.ts';
import { asideOf } from '../../../store/keptDraft.ts';
import type { Tree } from '../../../store/tree.ts';
import { radius } from '../../../../core/report/format.ts';
import { threat as words } from '../../../texts/threat.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { Badge, Empty, Note } from '../../../ui/feedback.tsx';
import { Tip } from '../../../ui/Tip.tsx';
import {
  kindOf,
  moved,
  nameOf,
  newAttack,
  readAttacks,
  standardProtocol,
  stepSizeOf,
  strongerThanLast,
  USUAL_EPSILON,
  wholeAttack,
  withCurve,
  withLast,
} from './attacks.ts';

const PATH = ['evaluate'];
/** Where the draft remembers the attack of a kind that was removed last. */
const PLACE = 'attacks';

export function AttackList({
  attacks,
  selected,
  onSelect,
}: {
  readonly attacks: readonly Tree[];
  readonly selected: number;
  readonly onSelect: (position: number) => void;
}) {
  const kinds = useCatalog((state) => state.catalog?.attacks) ?? [];
  /** @param at where the attack stands afterwards that is then selected; the last one where left out */
  const take = (change: (newest: readonly Tree[]) => readonly Tree[], at = Infinity): void => {
    useDraft.getState().update(PATH, (newest) => change(readAttacks(newest)));
    const { length } = readAttacks(useDraft.getState().config.evaluate);
    onSelect(Math.max(0, Math.min(at, length - 1)));
  };
  const model = wholeAttack(attacks[selected] ?? {});
  const { norm = 'linf', epsilon = USUAL_EPSILON.linf, limit } = attacks.length === 0 ? {} : (model ?? {});
  const protocol = (
    <Tip text={words.protocolTip}>
      <button
        type="button"
        className={attacks.length === 0 ? 'button primary small' : 'button plain small'}
        onClick={() => take(() => standardProtocol({ norm, epsilon }, limit))}
      >
        {words.protocol}
      </button>
    </Tip>
  );
  if (attacks.length === 0) {
    return (
      <Empty title={words.none} actions={protocol}>
        {words.noneAbout}
      </Empty>
    );
  }
  return (
    <div className="stack tight" id={fieldAnchor(PATH)}>
      <ol className="attack-list" aria-label={words.attacks}>
        {attacks.map((attack, i) => (
          <AttackRow
            key={i}
            attack={attack}
            position={i}
            isSelected={i === selected}
            isLast={i === attacks.length - 1}
            onSelect={() => onSelect(i)}
            onMove={(by) => take((newest) => moved(newest, i, by), i + by)}
            onRemove={() => {
              useDraft.getState().layAside(PLACE, kindOf(attack), attack);
              take((newest) => newest.filter((_, at) => at !== i), i < selected ? selected - 1 : selected);
            }}
          />
        ))}
      </ol>
      <div className="buttons">
        {protocol}
        <Tip text={words.curveTip}>
          <button type="button" className="button plain small" onClick={() => take(withCurve)}>
            {words.curve}
          </button>
        </Tip>
        {kinds.map(({ id, title }) => (
          <Button
            key={id}
            size="small"
            tone="quiet"
            onClick={() => {
              const draft = useDraft.getState();
              const removed = asideOf(draft, PLACE).get(id);
              // It comes back once; the next one is new.
              if (removed !== undefined) draft.layAside(PLACE, id, undefined);
              take((newest) => [...newest, removed ?? newAttack(id, { norm, epsilon }, limit)]);
            }}
          >
            {words.add(title)}
          </Button>
        ))}
      </div>
      <OrderNote attacks={attacks} onOrder={(strongest) => take((newest) => withLast(newest, strongest))} />
    </div>
  );
}

function AttackRow({
  attack,
  position,
  isSelected,
  isLast,
  onSelect,
  onMove,
  onRemove,
}: {
  readonly attack: Tree;
  readonly position: number;
  readonly isSelected: boolean;
  readonly isLast: boolean;
  readonly onSelect: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}) {
  const isWrong = useDraft(({ checked }) => issuesBelow(checked, [...PATH, String(position)]).length > 0);
  const name = nameOf(attack);
  return (
    <li
      className={isSelected ? 'attack-row selected' : 'attack-row'}
      id={fieldAnchor([...PATH, String(position)])}
    >
      <button type="button" className="attack-select" aria-pressed={isSelected} onClick={onSelect}>
        <span className="attack-name">
          {isWrong && <CircleAlert aria-hidden />}
          {name}
          {isLast && <Badge tone="plain">{words.headline}</Badge>}
        </span>
        <span className="attack-about num">{conditionsOf(attack)}</span>
      </button>
      <span className="attack-actions">
        <IconButton
          size="small"
          label={words.up(name)}
          icon={<ArrowUp />}
          unavailable={position === 0 ? '' : undefined}
          onClick={() => onMove(-1)}
        />
        <IconButton
          size="small"
          label={words.down(name)}
          icon={<ArrowDown />}
          unavailable={isLast ? '' : undefined}
          onClick={() => onMove(1)}
        />
        <IconButton size="small" label={words.remove(name)} icon={<Trash2 />} onClick={onRemove} />
      </span>
    </li>
  );
}

/** Everything that the figure will depend on. */
function conditionsOf(attack: Tree): string {
  const whole = wholeAttack(attack);
  if (whole === undefined) return words.incomplete;
  const { attack: kind, norm, epsilon, steps, restarts, randomStart, limit } = whole;
  return [
    words.threatOf(norm, epsilon),
    words.steps(kind === 'fgsm' ? 1 : steps, radius(stepSizeOf(whole), norm)),
    ...(kind === 'fgsm' ? [] : [randomStart ? words.restarts(restarts) : words.noRandomStart]),
    words.images(limit),
  ].join(' · ');
}

function OrderNote({
  attacks,
  onOrder,
}: {
  readonly attacks: readonly Tree[];
  readonly onOrder: (strongest: number) => void;
}) {
  const stronger = strongerThanLast(attacks);
  if (stronger === undefined) return undefined;
  return (
    <Note
      tone="warn"
      title={words.isWeaker(titleOf(attacks[attacks.length - 1]), titleOf(attacks[stronger]))}
    >
      <div className="stack tight">
        <span>{words.isWeakerHint}</span>
        <div>
          <Button size="small" onClick={() => onOrder(stronger)}>
            {words.strongestLast}
          </Button>
        </div>
      </div>
    </Note>
  );
}

/** With the radius, which tells attacks of one name apart. */
export function titleOf(attack: Tree): string {
  const whole = wholeAttack(attack);
  return whole === undefined
    ? nameOf(attack)
    : `${nameOf(attack)} (${words.threatOf(whole.norm, whole.epsilon)})`;
}
