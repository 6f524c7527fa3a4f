import { describe, expect, it } from 'vitest';
import type { MemoryNow } from '../../../core/base/outOfMemory.ts';
import type { Executor } from '../../../core/compute/executor.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import { openForTest } from '../../helpers/executors.ts';
import type { HostChanges } from './smallRun.ts';
import { begin, goOn, smallConfig } from './smallRun.ts';

const memory: MemoryNow = { seen: 'after', processBytes: 2 ** 30, limitBytes: 2 ** 31, limitOf: 'group' };

/** Programs whose name is like `which` throw when they run for the n-th time; before and after they work. */
function failing(which: RegExp, n: number, error: Error): HostChanges {
  let runs = 0;
  return {
    async openExecutor(id) {
      const real = await openForTest(id);
      const executor: Executor = {
        ...real,
        dispose: () => Promise.resolve(),
        async compile(program) {
          const compiled = await real.compile(program);
          if (!which.test(program.id)) return compiled;
          return {
            ...compiled,
            run(feeds) {
              if (++runs === n) throw error;
              return compiled.run(feeds);
            },
          };
        },
      };
      return { executor, device: 'a processor' };
    },
  };
}

const last = (files: MemoryFiles): RunEvent => {
  const text = new TextDecoder().decode(files.disk.get('events.jsonl')).trimEnd();
  return JSON.parse(text.slice(text.lastIndexOf('\n') + 1)) as RunEvent;
};
const config = smallConfig();
const rate = { archLearningRate: 0.05, validationBatches: 1, learningRate: 0.1 };
const searched = smallConfig({ search: { ...config.search, strategy: { id: 'e2rnas', config: rate } } });

describe('a run whose memory runs out', () => {
  it('in a step says where, with figures and what takes less; it goes on from there', async () => {
    const files = memoryFiles();
    const full = failing(/weights/, 9, new RangeError('Array buffer allocation failed'));
    const host = { ...full, memoryNow: () => Promise.resolve(memory), memoryBytes: () => 3 * 2 ** 29 };
    const error = await begin(searched, ['search'], host, files).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(
        /^Memory ran out at step \d+ of the search, while it computed with onnx-cpu: Array buffer allocation failed\. The process held 1\.0 GiB right after; its control group may take 2\.0 GiB\. Steps of it before this took up to 1\.5 GiB\.$/,
      ) as string,
      hint: expect.stringMatching(
        /4 images a batch in place of 8 \(with the learning rate 0\.05 in place of 0\.1\).*last checkpoint is saved/,
      ) as string,
    });
    const { code, message, hint } = error as { code: string; message: string; hint: string };
    expect(last(files)).toMatchObject({ kind: 'failed', phase: 'search', code, message, hint });
    const { outcome, events } = await goOn(files);
    expect(outcome).toBe('finished');
    expect(events.find(({ kind }) => kind === 'resumed')).toMatchObject({
      step: expect.any(Number) as number,
    });
  });

  it('while it is measured says so in the journal, too', async () => {
    const files = memoryFiles();
    await begin(searched, ['search', 'retrain'], {}, files);
    const full = failing(/^trained/, 1, new Error('std::bad_alloc'));
    await expect(goOn(files, full, { config: searched, phases: ['evaluate'] })).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('Memory ran out in the evaluation') as string,
    });
    expect(last(files)).toMatchObject({ kind: 'failed', phase: 'evaluate', code: 'out-of-memory' });
    expect((await goOn(files)).outcome).toBe('finished');
  });

  it('before there is a phase says that of the data', async () => {
    const openExecutor = () => Promise.reject(new RangeError('Invalid typed array length: 99999999999'));
    await expect(begin(searched, ['search'], { openExecutor })).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('while the data were made ready') as string,
      hint: expect.stringContaining('fewer images') as string,
    });
  });

  it('is told of although nobody can say how much there is', async () => {
    const full = failing(/weights/, 1, new Error('OOM when allocating tensor'));
    const host = { ...full, memoryNow: () => Promise.reject(new Error('no such file')) };
    await expect(begin(searched, ['search'], host)).rejects.toMatchObject({
      message: expect.stringMatching(/OOM when allocating tensor\.$/) as string,
    });
  });

  it('is no other failure', async () => {
    const broken = failing(/weights/, 1, new Error('index out of range'));
    await expect(begin(searched, ['search'], broken)).rejects.toThrow('index out of range');
  });
});
