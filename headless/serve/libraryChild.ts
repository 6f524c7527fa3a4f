/** The library's process: any number of windows over one channel to the server. */
import { portToParent } from './childPort.ts';
import { forkHost } from './forkHost.ts';

const [home] = process.argv.slice(2);
const port = portToParent();
// Before all else is loaded: its own loading takes longest, and every window waits for it.
const processes = forkHost(home, 'registries');
const { probeAll } = await import('../host/executors.ts');
const { probeExecutor } = await import('../host/probe.ts');
const { createLibrary } = await import('../services/library/library.ts');
const { spokes } = await import('./hub.ts');
const library = await createLibrary({
  home,
  processes,
  probeExecutors: (listed) => probeAll(listed),
  measureExecutor: (id, signal) =>
    probeExecutor(id, { measured: true, ...(signal === undefined ? {} : { signal }) }),
});
spokes(port, library.connect);
port.onClose(() => void library.close().finally(() => process.exit(0)));
