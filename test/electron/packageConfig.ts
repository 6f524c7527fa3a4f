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
