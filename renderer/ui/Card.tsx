/** A titled block of a page. */
import type { ReactNode } from 'react';
import { useId } from 'react';

export function Card({
  title,
  about,
  actions,
  className = '',
  children,
}: {
  readonly title?: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`card ${className}`} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <div className="card-head">
          <div>
            <h2 id={id}>{title}</h2>
            {about !== undefined && <div className="card-about">{about}</div>}
          </div>
          {actions !== undefined && <div className="buttons">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
