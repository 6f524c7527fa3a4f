/** The library in a utility process: answers every window, and has registries held, data read and executors tried in others. */
import { probeAll } from '../../headless/host/executors.ts';
import { createLibrary } from '../../headless/services/library/library.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { home, processes, probe, measure, onWindow } = connectToParent(process.parentPort, process.argv);
const library = await createLibrary({
  home,
  processes,
  probeExecutors: (listed) => probeAll(listed, probe),
  measureExecutor: measure,
});
onWindow((port) => library.connect(port));
