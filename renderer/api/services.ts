/** The two services of the window: calls that wait for a connection, events that outlive one. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { hostApi } from '../../core/protocol/hostApi.ts';
import type { libraryApi } from '../../core/protocol/libraryApi.ts';
import type { Api, CallOptions, Client } from '../../core/protocol/rpc.ts';
import { common } from '../texts/common.ts';

/** Calls go to whatever connection there is; those made while there is none wait for the next. */
export interface Service<A extends Api> {
  readonly call: Client<A>['call'];
  readonly on: Client<A>['on'];
}

interface Attachable<A extends Api> extends Service<A> {
  attach(client: Client<A>): void;
  detach(): void;
}

type Listener = { readonly name: string; readonly listen: (value: never) => void; stop?: () => void };

function service<A extends Api>(): Attachable<A> {
  let client: Client<A> | undefined;
  const waiting: (() => void)[] = [];
  const listeners = new Set<Listener>();

  const connected = (signal?: CallOptions['signal']): Promise<void> =>
    new Promise((resolve) => {
      if (client !== undefined) return resolve();
      waiting.push(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });

  const call = async (name: never, params: never, options: CallOptions = {}) => {
    await connected(options.signal);
    if (client === undefined) throw new CellsmithError('cancelled', common.cancelled, common.cancelledHint);
    return client.call(name, params, options);
  };

  return {
    call: call as Client<A>['call'],
    on: ((name: string, listen: (value: never) => void) => {
      const entry: Listener = { name, listen };
      listeners.add(entry);
      if (client !== undefined) entry.stop = client.on(name, listen as never);
      return () => {
        entry.stop?.();
        listeners.delete(entry);
      };
    }) as Client<A>['on'],
    attach(next) {
      client = next;
      for (const entry of listeners) entry.stop = next.on(entry.name, entry.listen as never);
      waiting.splice(0).forEach((resolve) => resolve());
    },
    detach() {
      client = undefined;
    },
  };
}

const attachableLibrary = service<typeof libraryApi>();
const attachableHost = service<typeof hostApi>();

export const library: Service<typeof libraryApi> = attachableLibrary;
export const host: Service<typeof hostApi> = attachableHost;

export function attachServices(toLibrary: Client<typeof libraryApi>, toHost: Client<typeof hostApi>): void {
  attachableLibrary.attach(toLibrary);
  attachableHost.attach(toHost);
}

export function detachServices(): void {
  attachableLibrary.detach();
  attachableHost.detach();
}
