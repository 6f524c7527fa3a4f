import { describe, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Progress } from '../../../core/protocol/rpc.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import { portPair } from '../../helpers/portPair.ts';
import { api, failure, turns, wire } from './wire.ts';

describe('a call', () => {
  it('brings back the result, with defaults of the parameters filled in', async () => {
    const { client } = wire();
    expect(await client.call('double', { n: 4 })).toBe(8);
    expect(await client.call('double', { n: 4, times: 3 })).toBe(12);
  });

  it('may bring back nothing, though JSON has no word for it', async () => {
    const { client, pair } = wire();
    expect(await client.call('nothing', {})).toBeUndefined();
    expect(await client.call('maybe', {})).toEqual({});
    expect(pair.toNear).toEqual([
      { type: 'result', id: 1 },
      { type: 'result', id: 2, value: {} },
    ]);
  });

  it('may be one of several at once: each gets its own answer, in whatever order they end', async () => {
    const { client, finish } = wire();
    const slow = client.call('slow', { name: 'a' });
    expect(await client.call('double', { n: 1 })).toBe(2);
    finish();
    expect(await slow).toBe('done: a');
  });

  it('brings back an error with its code, words and hint', async () => {
    const thrown = new CellsmithError('no-cake', 'There is no cake.', 'Bake one.');
    const { client } = wire({ double: () => Promise.reject(thrown) });
    expect(await failure(client.call('double', { n: 1 }))).toEqual(thrown);
    const direct = wire({
      double: () => {
        throw thrown;
      },
    });
    expect(await failure(direct.client.call('double', { n: 1 }))).toEqual(thrown);
  });

  it('tells mistakes of the program as such', async () => {
    const { client } = wire({ double: () => Promise.reject(new TypeError('x is undefined')) });
    const { code, message, hint } = await failure(client.call('double', { n: 1 }));
    expect([code, message]).toEqual(['internal', 'x is undefined']);
    expect(hint).toContain('report');
  });

  it('is refused where its parameters are wrong, before the handler sees them', async () => {
    const double = vi.fn(() => 1);
    const { client } = wire({ double });
    const { code, message } = await failure(client.call('double', { n: 'four' as never }));
    expect(code).toBe('bad-message');
    expect(message).toMatch(/double.*n/s);
    expect(double).not.toHaveBeenCalled();
  });

  it('is refused where there is no such method, also not one that all objects have', async () => {
    const { pair } = wire();
    for (const name of ['halve', 'toString', '__proto__']) {
      pair.near.post({ type: 'call', id: 7, name, params: {} });
      await turns();
      expect(pair.toNear.at(-1)).toMatchObject({
        type: 'error',
        id: 7,
        error: { code: 'bad-message', message: expect.stringContaining(`'${name}'`) },
      });
    }
  });

  it('fails where the answer is not what the method promises, as of a program of another version', async () => {
    const { client } = wire({ double: () => 'eight' as never });
    const { code, message } = await failure(client.call('double', { n: 4 }));
    expect(code).toBe('bad-message');
    expect(message).toContain('expected number');
  });

  it('is not disturbed by messages that are none', async () => {
    const { client, pair } = wire();
    for (const message of [null, 3, 'call', {}, { type: 'call' }, { type: 'result', id: 99, value: 1 }]) {
      pair.near.post(message);
      pair.far.post(message);
    }
    expect(await client.call('double', { n: 2 })).toBe(4);
  });
});

describe('progress', () => {
  it('reaches the caller, in order, until the result', async () => {
    const steps: Progress[] = [1, 2, 3].map((done) => ({ what: 'images', done, total: 3 }));
    const { client } = wire({
      double: ({ n }, { progress }) => {
        steps.forEach(progress);
        return n;
      },
    });
    const told: Progress[] = [];
    expect(await client.call('double', { n: 1 }, { onProgress: (step) => told.push(step) })).toBe(1);
    expect(told).toEqual(steps);
    // Nobody need listen.
    expect(await client.call('double', { n: 1 })).toBe(1);
  });
});

describe('cancelling', () => {
  it('ends the call at once and tells the handler', async () => {
    const { client, contexts, finish } = wire();
    const controller = new AbortController();
    const call = client.call('slow', { name: 'a' }, { signal: controller.signal });
    const other = client.call('slow', { name: 'b' });
    await turns();
    controller.abort();
    expect((await failure(call)).code).toBe('cancelled');
    await turns();
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    // What the handler makes of it comes too late and harms nothing.
    finish();
    finish();
    expect(await other).toBe('done: b');
  });

  it('is what a handler that heard of it answers, whatever it threw', async () => {
    const pair = portPair();
    serve(pair.far, api, {
      double: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        }),
      nothing: () => undefined,
      maybe: () => ({ value: 1 }),
      slow: () => '',
    });
    pair.near.post({ type: 'call', id: 1, name: 'double', params: { n: 1 } });
    pair.near.post({ type: 'cancel', id: 1 });
    await turns();
    expect(pair.toNear).toMatchObject([{ type: 'error', id: 1, error: { code: 'cancelled' } }]);
  });

  it('before the call sends nothing', async () => {
    const { client, pair } = wire();
    const call = client.call('double', { n: 1 }, { signal: AbortSignal.abort() });
    expect((await failure(call)).code).toBe('cancelled');
    expect(pair.toFar).toEqual([]);
  });

  it('after the call does nothing', async () => {
    const { client, pair } = wire();
    const controller = new AbortController();
    expect(await client.call('double', { n: 1 }, { signal: controller.signal })).toBe(2);
    controller.abort();
    await turns();
    expect(pair.toFar).toHaveLength(1);
  });
});

describe('events', () => {
  it('reach all who listen to that name, until they stop', async () => {
    const { client, server } = wire();
    const first = vi.fn();
    const second = vi.fn();
    const stop = client.on('ticked', first);
    client.on('ticked', second);
    client.on('renamed', () => expect.unreachable());
    server.emit('ticked', { n: 1 });
    await turns();
    stop();
    server.emit('ticked', { n: 2 });
    await turns();
    expect(first.mock.calls).toEqual([[{ n: 1 }]]);
    expect(second.mock.calls).toEqual([[{ n: 1 }], [{ n: 2 }]]);
  });

  it('of unknown name or wrong shape reach nobody', async () => {
    const { client, pair, server } = wire();
    const listener = vi.fn();
    client.on('ticked', listener);
    for (const [name, value] of [
      ['exploded', {}],
      ['toString', {}],
      ['ticked', { n: 'one' }],
      ['ticked', null],
    ]) {
      pair.far.post({ type: 'event', name, value });
    }
    server.emit('ticked', { n: 3 });
    await turns();
    expect(listener.mock.calls).toEqual([[{ n: 3 }]]);
  });
});

describe('closing', () => {
  it.each(['client', 'server'] as const)(
    'by the %s ends waiting calls and the handlers of them',
    async (who) => {
      const sides = wire();
      const { client, server, contexts } = sides;
      const call = failure(client.call('slow', { name: 'a' }));
      await turns();
      sides[who].close();
      expect((await call).code).toBe('disconnected');
      await Promise.all([client.closed, server.closed]);
      expect(contexts[0].signal.aborted).toBe(true);
      expect((await failure(client.call('double', { n: 1 }))).code).toBe('disconnected');
    },
  );

  it('makes late answers, progress and events void', async () => {
    const { client, server, contexts, finish, pair } = wire();
    const call = failure(client.call('slow', { name: 'a' }));
    await turns();
    client.close();
    await server.closed;
    contexts[0].progress({ what: 'images', done: 1, total: 2 });
    server.emit('ticked', { n: 1 });
    finish();
    await turns();
    expect((await call).code).toBe('disconnected');
    expect(pair.toNear).toEqual([]);
  });
});
