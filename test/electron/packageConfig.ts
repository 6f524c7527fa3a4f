/** The configuration by which the package is built in tests. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../electron/build.mjs';
import { makeStandIn } from './standIn.ts';

/** The project's own, with what this test has built in place of dist/. */
export async function configuration(folder: string): Promise<string> {
  let text = await readFile(join(ROOT, 'electron-builder.yml'), 'utf8');
  const replace = (part: string, by: string): void => {
    if (!text.includes(part)) throw new Error(`electron-builder.yml has no '${part}'`);
    text = text.replace(part, by);
  };
  for (const name of ['electron', 'renderer']) {
    const from = join(folder, name);
    replace(
      `  - dist/${name}/**\n`,
      `  - from: ${from}\n    to: dist/${name}\n    filter: ['**/*', '!**/*.map']\n`,
    );
  }
  replace('icon: dist/', `icon: ${folder}/`);
  replace('output: dist/packages', `output: ${join(folder, 'packages')}`);
  const file = join(folder, 'electron-builder.yml');
  await writeFile(file, `${text}\nelectronDist: ${await makeStandIn(folder)}\n`);
  return file;
}

/** An experiment of seconds. */
export const SMALL = {
  name: 'packed',
  data: { source: 'shapes10', imageSize: 8, crop: 1, limit: 120, testLimit: 40 },
  network: { cells: 3, channels: 4, auxiliary: false },
  retrain: { epochs: 2, batchSize: 8 },
  evaluate: [{ attack: 'fgsm', epsilon: 4 / 255, limit: 20 }],
  exports: ['onnx', 'tfjs'],
  search: {
    space: { primitives: ['none', 'skip_connect', 'sep_conv_3x3'], nodes: 1 },
    cells: 3,
    channels: 2,
    epochs: 2,
    batchSize: 8,
  },
};
