/** `npm run bench:work`: what a pass costs against the work in it, one thing varied at a time; a table and a plot. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadExecutors } from '../headless/host/executors.ts';
import { compileWholePass } from '../headless/host/wholePass.ts';
import { CONFIGS, SPACE } from './configs.ts';
import { median, timesOf } from './measure.ts';
import type { Series } from './workPlot.ts';
import { workPlot } from './workPlot.ts';

const PLOT = fileURLToPath(new URL('./work.svg', import.meta.url));

interface Work {
  readonly cells: number;
  readonly channels: number;
  readonly batch: number;
  readonly imageSize: number;
}

/** From which one thing is varied. */
const BASE: Work = { cells: 5, channels: 8, batch: 32, imageSize: 16 };
const VARIED: Readonly<Record<keyof Work, readonly number[]>> = {
  cells: [3, 5, 8, 11],
  channels: [4, 8, 16, 24],
  batch: [8, 16, 32, 64],
  imageSize: [8, 16, 24, 32],
};

/** Median milliseconds of a whole pass. */
async function passMs(work: Work): Promise<number> {
  const { cells, channels, batch, imageSize } = work;
  const executor = await (await loadExecutors()).get('onnx-cpu').open({ threads: 0 });
  const pass = await compileWholePass(executor, 'work.pass', {
    space: SPACE,
    skeleton: { ...CONFIGS.small.skeleton, cells, channels, imageSize },
    batchSize: batch,
  });
  const times = await timesOf(() => pass.run(), { warmUps: 1, most: 7, least: 3, enoughMs: 5000 });
  await executor.dispose();
  return median(times);
}

const series: Series[] = [];
for (const [name, values] of Object.entries(VARIED) as [keyof Work, readonly number[]][]) {
  const points: { x: number; ms: number }[] = [];
  for (const x of values) points.push({ x, ms: await passMs({ ...BASE, [name]: x }) });
  const base = points.find(({ x }) => x === BASE[name])?.ms ?? points[0].ms;
  series.push({ name, base: BASE[name], baseMs: base, points });
  const cells = points.map(({ x, ms }) => `${x}: ${Math.round(ms)} ms (×${(ms / base).toFixed(2)})`);
  console.log(`${name.padEnd(9)}  ${cells.join('   ')}`);
}
await writeFile(PLOT, workPlot(series));
console.log(`plot: ${PLOT}`);
process.exit(0);
