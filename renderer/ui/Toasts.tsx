/** The messages at the corner of the window. */
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useToasts } from '../store/toasts.ts';
import { common } from '../texts/common.ts';
import { Button, IconButton } from './Button.tsx';

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;

export function Toasts() {
  const { all, dismiss } = useToasts();
  return (
    <div className="toasts" role="region" aria-label={common.messages} aria-live="polite">
      {all.map(({ id, tone, title, detail, action }) => {
        const Icon = ICONS[tone];
        return (
          <div className={`note toast ${tone}`} key={id} role={tone === 'bad' ? 'alert' : undefined}>
            <Icon aria-hidden />
            <div className="note-body">
              <div className="note-title">{title}</div>
              {detail !== undefined && <div>{detail}</div>}
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
      })}
    </div>
  );
}
