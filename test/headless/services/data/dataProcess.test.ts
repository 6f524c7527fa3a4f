import { describe, expect, it, vi } from 'vitest';
import type { CallContext, Progress } from '../../../../core/protocol/rpc.ts';
import { serve } from '../../../../core/protocol/rpc.ts';
import { dataApi } from '../../../../headless/services/data/dataApi.ts';
import { dataProcess } from '../../../../headless/services/data/dataProcess.ts';
import type { FakeProcess } from '../fakeProcesses.ts';
import { fakeProcesses, turns } from '../fakeProcesses.ts';

const context = (signal = new AbortController().signal): CallContext => ({
  signal,
  progress: () => undefined,
});
const params = { data: { source: 'shapes10' }, seed: 1 };

/** Answers `lookAtData` never, `perturb` with an error that names the process. */
function deaf({ port, name }: FakeProcess, restful = false): void {
  serve(port, dataApi, {
    lookAtData: () => new Promise(() => undefined),
    perturb: () => Promise.reject(new Error(`perturbed by ${name}`)),
    rest: () => (restful ? undefined : new Promise(() => undefined)),
  });
}

describe('the data process', () => {
  it('is started by the first work, and serves the next', async () => {
    const processes = fakeProcesses((process) => deaf(process));
    const data = dataProcess(processes);
    expect(processes.started).toEqual([]);
    const told: string[] = [];
    for (let i = 0; i < 2; i++) {
      const telling = { ...context(), progress: ({ what }: Progress) => void told.push(what) };
      const work = data.run(telling, (client) => client.call('perturb', { ...params, attack: {} }));
      await expect(work).rejects.toThrow('perturbed by data');
    }
    expect(processes.started).toHaveLength(1);
    expect(told).toEqual(['getting ready']);
    data.kill();
    expect(processes.started[0].isKilled()).toBe(true);
  });

  it('that ends by itself is an error in words, and started again for the next work', async () => {
    const processes = fakeProcesses((process) => deaf(process));
    const data = dataProcess(processes);
    const work = data.run(context(), (client) => client.call('lookAtData', params));
    await turns();
    processes.started[0].end({ signal: 'SIGKILL' });
    await expect(work).rejects.toMatchObject({
      code: 'data-process-ended',
      message: expect.stringContaining('memory ran out'),
      hint: expect.stringContaining('smaller images'),
    });
    void data.run(context(), (client) => client.call('lookAtData', params)).catch(() => undefined);
    expect(processes.started).toHaveLength(2);
    data.kill();
  });

  it('is ended where cancelled work goes on all the same, and other work is begun again', async () => {
    vi.useFakeTimers();
    try {
      const processes = fakeProcesses((process) => deaf(process));
      const data = dataProcess(processes, { graceMs: 2000 });
      const controller = new AbortController();
      const { signal } = controller;
      const cancelled = data.run(context(signal), (client) => client.call('lookAtData', params, { signal }));
      const other = data.run(context(), (client) => client.call('lookAtData', params));
      other.catch(() => undefined);
      await turns();
      controller.abort();
      await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
      await vi.advanceTimersByTimeAsync(1999);
      expect(processes.started[0].isKilled()).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(processes.started[0].isKilled()).toBe(true);
      await turns();
      expect(processes.started).toHaveLength(2);
      data.kill();
    } finally {
      vi.useRealTimers();
    }
  });

  it('stays where cancelled work lets go, until it has had nothing to do for a while', async () => {
    vi.useFakeTimers();
    try {
      const processes = fakeProcesses((process) => deaf(process, true));
      const data = dataProcess(processes, { graceMs: 2000, idleMs: 60_000 });
      const controller = new AbortController();
      const { signal } = controller;
      const cancelled = data.run(context(signal), (client) => client.call('lookAtData', params, { signal }));
      await turns();
      controller.abort();
      await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
      await vi.advanceTimersByTimeAsync(59_000);
      expect(processes.started[0].isKilled()).toBe(false);
      await vi.advanceTimersByTimeAsync(1000);
      expect(processes.started[0].isKilled()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
