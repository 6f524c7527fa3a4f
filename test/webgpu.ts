/** `npm run test:webgpu`: the whole numeric suite and a search on WebGPU, too, with the graphics card in software. Takes its time. */
import { spawnSync } from 'node:child_process';
import { softwareGpu } from './helpers/softwareGpu.ts';

const environment = softwareGpu();
if (environment === undefined) {
  console.error('There is no graphics card in software here: install Chromium (apt-get install chromium).');
  process.exit(1);
}
const { status } = spawnSync(
  'npx',
  [
    'vitest',
    'run',
    'test/core/compute',
    'test/core/strategies/otherExecutors.test.ts',
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
    env: { ...environment, CELLSMITH_TEST_WEBGPU: '1' },
  },
);
process.exit(status ?? 1);
