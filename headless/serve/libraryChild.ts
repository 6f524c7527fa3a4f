/** The library's process: any number of windows over one channel to the server. */
import { probeAll } from '../host/executors.ts';
import { createLibrary } from '../services/library/library.ts';
import { portToParent } from './childPort.ts';
import { forkHost } from './forkHost.ts';
import { spokes } from './hub.ts';

const [home] = process.argv.slice(2);
const port = portToParent();
const library = await createLibrary({
  home,
  processes: forkHost(home),
  probeExecutors: (listed) => probeAll(listed),
});
spokes(port, library.connect);
port.onClose(() => void library.close().finally(() => process.exit(0)));
