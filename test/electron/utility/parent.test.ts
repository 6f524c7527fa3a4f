/** A utility process's side of its tie to the main process. */
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connectToParent, type Parent } from '../../../electron/utility/parent.ts';
import type { Port } from '../../../core/protocol/port.ts';
import type { ProcessEnd } from '../../../headless/host/processEnd.ts';
import { ChannelDouble, type PortDouble } from '../double/ports.ts';

let parentPort: EventEmitter & { postMessage(message: unknown): void };
let sent: unknown[] = [];
let parent: Parent;

beforeEach(() => {
  sent = [];
  parentPort = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => void sent.push(message),
  });
  parent = connectToParent(parentPort as never, ['electron', 'library.js', '/home', 'library']);
});

/** The main process hands over a port. @returns its other end */
function hand(message: unknown): PortDouble {
  const { port1, port2 } = new ChannelDouble();
  parentPort.emit('message', { data: message, ports: [port1] });
  return port2;
}
const next = (port: PortDouble): Promise<unknown> =>
  new Promise((resolve) => {
    port.once('message', ({ data }: { data: unknown }) => resolve(data));
    port.start();
  });

describe('a utility process', () => {
  it('knows its home and name', () => {
    expect([parent.home, parent.name]).toEqual(['/home', 'library']);
  });

  it('may speak to its host before the port has come', async () => {
    parent.port.post('early');
    const host = hand({ kind: 'host' });
    expect(await next(host)).toBe('early');
    const heard = new Promise((resolve) => parent.port.listen(resolve));
    host.postMessage('welcome');
    expect(await heard).toBe('welcome');
  });

  it('hears when its host has gone', async () => {
    const host = hand({ kind: 'host' });
    const closed = new Promise<void>((resolve) => parent.port.onClose(resolve));
    host.close();
    await closed;
  });

  it('is connected to every window, also to those that came before it was ready', async () => {
    const early = hand({ kind: 'window' });
    const windows: Port[] = [];
    parent.onWindow((port) => windows.push(port));
    const late = hand({ kind: 'window' });
    expect(windows).toHaveLength(2);
    windows.forEach((port, i) => port.post(`window ${i}`));
    expect(await Promise.all([next(early), next(late)])).toEqual(['window 0', 'window 1']);
  });

  it.each([
    ['is no message', 'host'],
    ['has no port', { kind: 'window' }],
    ['is unknown', { kind: 'run', code: 'x' }],
  ])('does not mind what %s', (_what, data) => {
    const windows: Port[] = [];
    parent.onWindow((port) => windows.push(port));
    parentPort.emit('message', { data, ports: [] });
    expect([windows, sent]).toEqual([[], []]);
  });
});

describe('a process that it asks for', () => {
  it('can be spoken to at once, and its end is told before its port closes', async () => {
    const process = parent.processes.fork('data', 'data');
    expect(sent).toEqual([{ kind: 'fork', id: 1, entry: 'data', name: 'data' }]);
    process.port.post('read this');
    const order: unknown[] = [];
    process.onExit((end) => order.push(end));
    process.port.onClose(() => order.push('closed'));
    const wire = hand({ kind: 'forked', id: 1 });
    expect(await next(wire)).toBe('read this');
    const end: ProcessEnd = { signal: 'SIGKILL' };
    parentPort.emit('message', { data: { kind: 'ended', id: 1, end }, ports: [] });
    expect(order).toEqual([end, 'closed']);
    process.onExit((again) => order.push(again));
    expect(order.at(-1)).toEqual(end);
  });

  it('is ended by the main process', () => {
    parent.processes.fork('data', 'data').kill();
    expect(sent.at(-1)).toEqual({ kind: 'kill', id: 1 });
  });
});

describe('an executor', () => {
  it('is tried in a process of its own, which is ended once it has answered', async () => {
    const found = parent.probe('wasm');
    const probe = hand({ kind: 'forked', id: 1 });
    expect(sent).toEqual([{ kind: 'fork', id: 1, entry: 'probe', name: 'probe wasm' }]);
    expect(await next(probe)).toEqual({ executor: 'wasm' });
    probe.postMessage({ available: true, device: 'a processor' });
    await vi.waitFor(() => expect(sent.at(-1)).toEqual({ kind: 'kill', id: 1 }));
    parentPort.emit('message', { data: { kind: 'ended', id: 1, end: { code: 0 } }, ports: [] });
    expect(await found).toEqual({ available: true, device: 'a processor' });
  });

  it('that is measured answers with all figures before its process is ended, a slow one with the first', async () => {
    const found = parent.measure('wasm', undefined);
    const probe = hand({ kind: 'forked', id: 1 });
    expect(await next(probe)).toEqual({ executor: 'wasm', measured: true });
    probe.postMessage({ available: true, device: 'a processor' });
    probe.postMessage({ available: true, device: 'a processor', standardPassMs: 7 });
    probe.postMessage({ available: true, device: 'a processor', standardPassMs: 7, largePassMs: 90 });
    const whole = { standardPassMs: 7, largePassMs: 90, standardStepMs: 40, isMeasured: true };
    probe.postMessage({ available: true, device: 'a processor', ...whole });
    await vi.waitFor(() => expect(sent.at(-1)).toEqual({ kind: 'kill', id: 1 }));
    parentPort.emit('message', { data: { kind: 'ended', id: 1, end: { code: 0 } }, ports: [] });
    expect(await found).toEqual({ available: true, device: 'a processor', ...whole });
    const slow = parent.measure('cpu', undefined);
    hand({ kind: 'forked', id: 2 }).postMessage({
      ...{ available: true, device: 'a processor', standardPassMs: 9000, isMeasured: true },
    });
    await vi.waitFor(() => expect(sent.at(-1)).toEqual({ kind: 'kill', id: 2 }));
    parentPort.emit('message', { data: { kind: 'ended', id: 2, end: { code: 0 } }, ports: [] });
    expect(await slow).toMatchObject({ standardPassMs: 9000 });
  });

  it('is tried with what was just set up, which its process is told by message, and can be stopped', async () => {
    const stopping = new AbortController();
    const found = parent.tryOut(
      'tensorflow',
      'CELLSMITH_TENSORFLOW',
      '/home/tensorflow.new',
      stopping.signal,
    );
    const probe = hand({ kind: 'forked', id: 1 });
    const environment = { CELLSMITH_TENSORFLOW: '/home/tensorflow.new' };
    expect(await next(probe)).toEqual({ executor: 'tensorflow', environment });
    stopping.abort();
    expect(sent.at(-1)).toEqual({ kind: 'kill', id: 1 });
    parentPort.emit('message', { data: { kind: 'ended', id: 1, end: { signal: 'SIGKILL' } }, ports: [] });
    expect(await found).toMatchObject({
      available: false,
      reason: expect.stringContaining('killed') as string,
    });
  });

  it('that takes its process down is not available, and the reason is told', async () => {
    const found = parent.probe('tensorflow');
    hand({ kind: 'forked', id: 1 });
    const end = { signal: 'a crash of native code', lastWords: 'cuInit failed' };
    parentPort.emit('message', { data: { kind: 'ended', id: 1, end }, ports: [] });
    expect(await found).toEqual({
      available: false,
      reason: 'the probe was ended by a crash of native code: cuInit failed',
    });
  });
});
