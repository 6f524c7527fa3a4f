/** Probes executors one after the other in this one process; prints what came of each, and which ONNX Runtime was loaded. */
import { readFileSync } from 'node:fs';
import { probeInThisProcess } from '../../../../headless/host/executors.ts';

const answers: unknown[] = [];
for (const id of process.argv.slice(2)) answers.push(await probeInThisProcess(id));
const maps = readFileSync('/proc/self/maps', 'utf8').matchAll(/(\/.*libonnxruntime\.so\.1)$/gm);
process.stdout.write(JSON.stringify({ answers, loaded: [...new Set([...maps].map(([, path]) => path))] }));
