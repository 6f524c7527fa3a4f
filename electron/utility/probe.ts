/** The throw-away utility process that tries one executor: a driver that crashes takes only this process along. */
import { probeInThisProcess } from '../../headless/host/executors.ts';
import { connectToParent, endOnUnhandled } from './parent.ts';

endOnUnhandled();
const { port } = connectToParent(process.parentPort, process.argv);
port.listen((executor) => {
  // Never rejects. Whoever asked ends the process once the answer has come.
  void probeInThisProcess(String(executor)).then(port.post);
});
