/** The shell: pages by address, the rail, the connection's state, messages. */
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useConnection } from './store/connection.ts';
import { common } from './texts/common.ts';
import { Announcer } from './ui/Announcer.tsx';
import { Waiting } from './ui/feedback.tsx';
import { Toasts } from './ui/Toasts.tsx';
import { FromMenu } from './shell/FromMenu.tsx';
import { PageBoundary } from './shell/PageBoundary.tsx';
import { Pages } from './shell/Pages.tsx';
import { Rail } from './shell/Rail.tsx';
import { useDrops } from './shell/useDrops.ts';

export function App() {
  const status = useConnection((state) => state.status);
  return (
    <Router hook={useHashLocation}>
      <Drops />
      <FromMenu />
      <a className="skip" href="#page" onClick={skipToPage}>
        {common.skipToPage}
      </a>
      <div className="shell">
        <Rail />
        <main className="stage" id="page" tabIndex={-1}>
          {status === 'lost' && (
            <div className="banner" role="alert">
              <span className="spinner" aria-hidden />
              {common.connectionLost}
            </div>
          )}
          {status === 'connecting' ? (
            <div className="page">
              <Waiting label={common.connecting} />
            </div>
          ) : (
            <PageBoundary>
              <Pages />
            </PageBoundary>
          )}
        </main>
      </div>
      <Toasts />
      <Announcer />
    </Router>
  );
}

/** Asks for the address, which is known below the router only. */
function Drops() {
  useDrops();
  return undefined;
}

/** The address belongs to the pages, so the link moves the focus only. */
function skipToPage(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('page')?.focus();
}
