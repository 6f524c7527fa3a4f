/** ONNX Runtime on WebGPU, with a graphics card in software. The whole numeric suite runs on it by `npm run test:webgpu`. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Availability } from '../../../core/compute/executor.ts';
import { softwareGpu } from '../../helpers/softwareGpu.ts';

export interface WebgpuAnswer {
  readonly probe: Availability;
  readonly step?: { readonly difference: number; readonly name: string };
  readonly refusal?: string;
}

const environment = softwareGpu();

function asked(): Promise<WebgpuAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./webgpuChild.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
      env: environment,
    });
    child.on('message', (message) => resolve(message as WebgpuAnswer));
    child.on('close', (code, signal) => reject(new Error(`it ended with ${signal ?? `code ${code}`}`)));
  });
}

describe.skipIf(environment === undefined)('a graphics card in software', () => {
  let answer: WebgpuAnswer;
  beforeAll(async () => {
    answer = await asked();
  }, 600_000);

  it('is found, and passes the self-test', () => {
    expect(answer.probe).toMatchObject({ available: true, device: expect.stringContaining('Vulkan') });
  });

  it("computes a supernet's whole step as the processor does, all nodes on the card", () => {
    expect(answer.step?.difference, answer.step?.name).toBeLessThan(2e-4);
  });

  it('refuses a program of which a node would run on the processor', () => {
    expect(answer.refusal).toMatch(/'sign' could not be compiled on ONNX Runtime, WebGPU: .*CPU EP/s);
  });
});
