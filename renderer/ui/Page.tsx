/** The frame of a page: its title, which gets the focus when one comes here, what can be done, its content. */
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { common } from '../texts/common.ts';

export function Page({
  title,
  about,
  actions,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = common.windowTitle(title);
  }, [title]);
  // A screen reader reads the new page's name; the first page of all leaves the focus where it is.
  useEffect(() => {
    if (document.activeElement !== document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {about !== undefined && <p>{about}</p>}
        </div>
        {actions !== undefined && <div className="buttons">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
