/** The messages at the corner of the window: the latest, and those before them at a click. */
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { runAt } from '../shell/links.ts';
import type { Toast } from '../store/toasts.ts';
import { useToasts } from '../store/toasts.ts';
import { common } from '../texts/common.ts';
import { withIsolatedNames } from '../texts/isolated.ts';
import { Button, IconButton } from './Button.tsx';

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;

/** More would cover what they are about. */
const MOST_SHOWN = 2;

export function Toasts() {
  const { all, dismissAll, leavePage } = useToasts();
  const [location] = useLocation();
  const [wantsAll, setWantsAll] = useState(false);
  const page = useRef(location);
  useEffect(() => {
    if (page.current === location) return;
    page.current = location;
    leavePage();
  }, [location, leavePage]);
  const isLong = all.length > MOST_SHOWN;
  useEffect(() => {
    if (!isLong) setWantsAll(false);
  }, [isLong]);
  const shown = wantsAll ? all : all.slice(-MOST_SHOWN);
  return (
    <div className="toasts" role="region" aria-label={common.messages} aria-live="polite">
      {isLong && (
        <div className="toasts-more">
          <Button size="small" aria-expanded={wantsAll} onClick={() => setWantsAll(!wantsAll)}>
            {wantsAll ? common.fewerMessages : common.moreMessages(all.length - MOST_SHOWN)}
          </Button>
          <Button size="small" onClick={dismissAll}>
            {common.dismissAll}
          </Button>
        </div>
      )}
      {shown.map((toast) => (
        <Message key={toast.id} toast={toast} isHere={toast.about?.runId === runAt(location)} />
      ))}
    </div>
  );
}

function Message({
  toast: { id, tone, title, detail, about, action },
  isHere,
}: {
  readonly toast: Toast;
  /** Whether it is about what the page shows. */
  readonly isHere: boolean;
}) {
  const dismiss = useToasts((state) => state.dismiss);
  const Icon = ICONS[tone];
  return (
    <div className={`note toast ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon aria-hidden />
      <div className="note-body">
        {about !== undefined && !isHere && <bdi className="toast-about">{about.name}</bdi>}
        <div className="note-title">{withIsolatedNames(title)}</div>
        {detail !== undefined && <div>{withIsolatedNames(detail)}</div>}
        {action !== undefined && (
          <div>
            <Button
              size="small"
              onClick={() => {
                dismiss(id);
                action.act();
              }}
            >
              {action.label}
            </Button>
          </div>
        )}
      </div>
      <IconButton label={common.dismiss} icon={<X />} size="small" onClick={() => dismiss(id)} />
    </div>
  );
}
