/** What a page says while it waits, when it has nothing, and when something went wrong. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../core/protocol/values.ts';
import type { Progress as Counted } from '../../core/protocol/rpc.ts';
import { common } from '../texts/common.ts';
import { withIsolatedNames } from '../texts/isolated.ts';
import { Button } from './Button.tsx';
import { useSecondsLeft } from './useSecondsLeft.ts';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;

export function Note({
  tone,
  title,
  children,
}: {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div className={`note ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon aria-hidden />
      <div className="note-body">
        {title !== undefined && <div className="note-title">{shown(title)}</div>}
        {children !== undefined && <div>{shown(children)}</div>}
      </div>
    </div>
  );
}

/** What the program says may have names in it that turn around. */
const shown = (words: ReactNode): ReactNode => (typeof words === 'string' ? withIsolatedNames(words) : words);

/** A failure with its remedy, and a way to try again where there is one. */
export function FailureNote({
  failure,
  onRetry,
}: {
  readonly failure: Failure;
  readonly onRetry?: (() => void) | undefined;
}) {
  return (
    <Note tone="bad" title={failure.message}>
      <div className="stack tight">
        {failure.hint !== '' && <span>{withIsolatedNames(failure.hint)}</span>}
        {onRetry !== undefined && (
          <span>
            <Button size="small" onClick={onRetry}>
              {common.tryAgain}
            </Button>
          </span>
        )}
      </div>
    </Note>
  );
}

/** @param share 0 … 1; undefined = not known yet */
export function ProgressBar({
  label,
  share,
  detail,
}: {
  readonly label: string;
  readonly share: number | undefined;
  readonly detail?: ReactNode;
}) {
  const percent = share === undefined ? undefined : Math.round(100 * Math.min(1, Math.max(0, share)));
  return (
    <div className="progress">
      <div className="progress-line">
        <span>{label}</span>
        {detail !== undefined && <span className="soft num">{detail}</span>}
      </div>
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div
          className={percent === undefined ? 'progress-bar unknown' : 'progress-bar'}
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </div>
    </div>
  );
}

const FEWEST_TIMED = 20;

/** A call under way: what it counts, how long that will take, and a way to stop it. */
export function Waiting({
  label,
  progress,
  onCancel,
}: {
  readonly label: string;
  readonly progress?: Counted | undefined;
  readonly onCancel?: (() => void) | undefined;
}) {
  const left = useSecondsLeft(progress);
  if (progress === undefined && onCancel === undefined) {
    return (
      <div className="loading" role="status">
        <span className="spinner" aria-hidden />
        {label}
      </div>
    );
  }
  const share = progress === undefined || progress.total === 0 ? undefined : progress.done / progress.total;
  // With too few to count, the pace of some says nothing of the others.
  const isTold = left !== undefined && progress !== undefined && progress.total >= FEWEST_TIMED;
  return (
    <div className="stack tight">
      <ProgressBar
        label={progress === undefined ? label : common.counted(progress.what)}
        share={share}
        detail={progress === undefined ? undefined : common.ofTotal(progress.done, progress.total)}
      />
      {(onCancel !== undefined || isTold) && (
        <div className="buttons">
          {onCancel !== undefined && (
            <Button size="small" onClick={onCancel}>
              {common.cancel}
            </Button>
          )}
          {isTold && <span className="small soft num">{common.timeLeft(left)}</span>}
        </div>
      )}
    </div>
  );
}

/** Its title is of the second level, since it may stand right below the title of a page. */
export function Empty({
  icon,
  title,
  children,
  actions,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="empty">
      {icon}
      <h2>{title}</h2>
      {children !== undefined && <p>{shown(children)}</p>}
      {actions !== undefined && <div className="buttons">{actions}</div>}
    </div>
  );
}

export function Badge({
  tone,
  children,
}: {
  readonly tone: Tone | 'busy' | 'plain';
  readonly children: ReactNode;
}) {
  return <span className={`badge ${tone}`}>{children}</span>;
}

/** Label and value pairs. */
export function Facts({ items }: { readonly items: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([label, value], i) => (
        <div key={i}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
