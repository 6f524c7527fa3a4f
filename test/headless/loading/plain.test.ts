/** zod past tsx: loaded once, whichever way it is asked for, and not looked at. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { root } from '../../helpers/sourceImports.ts';

const plain = pathToFileURL(join(root, 'headless/loading/plain.mjs')).href;

function run(program: string): string {
  const options = ['--import', 'tsx', '--import', plain, '--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, options, { cwd: root, encoding: 'utf8' });
  return stdout.trim() || stderr;
}

it('is one module for all, and TypeScript goes on being read', () => {
  const program = `
    const { z } = await import('zod');
    const core = await import('zod/v4/core');
    const { RunConfig } = await import('./core/runs/runConfig.ts');
    console.log(core.$ZodType === z.core.$ZodType, RunConfig instanceof z.ZodObject, RunConfig.parse({}).seed);
  `;
  expect(run(program)).toBe('true true 1');
});
