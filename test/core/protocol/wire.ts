/** A small interface, served and connected within the test. */
import { z } from 'zod';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { CallContext, Client, Handlers, Server } from '../../../core/protocol/rpc.ts';
import { connect, serve } from '../../../core/protocol/rpc.ts';
import { portPair } from '../../helpers/portPair.ts';
import type { PortPair } from '../../helpers/portPair.ts';

export const api = {
  methods: {
    double: { params: z.object({ n: z.number(), times: z.int().default(2) }), result: z.number() },
    nothing: { params: z.object({}), result: z.void() },
    maybe: {
      params: z.object({}),
      result: z.object({ value: z.unknown().optional(), name: z.string().optional() }),
    },
    slow: { params: z.object({ name: z.string() }), result: z.string() },
  },
  events: { ticked: z.object({ n: z.number() }), renamed: z.object({ name: z.string() }) },
} as const;

export interface Wire {
  readonly client: Client<typeof api>;
  readonly server: Server<typeof api>;
  readonly pair: PortPair;
  /** Of each call of `slow`, in order. */
  readonly contexts: CallContext[];
  /** Ends the oldest call of `slow` that waits. */
  finish(): void;
}

export function wire(changes: Partial<Handlers<typeof api>> = {}): Wire {
  const pair = portPair();
  const contexts: CallContext[] = [];
  const waiting: (() => void)[] = [];
  const server = serve(pair.far, api, {
    double: ({ n, times }) => n * times,
    nothing: () => undefined,
    maybe: () => ({ value: undefined }),
    slow: ({ name }, context) => {
      contexts.push(context);
      return new Promise((resolve) => waiting.push(() => resolve(`done: ${name}`)));
    },
    ...changes,
  });
  return { client: connect(pair.near, api), server, pair, contexts, finish: () => waiting.shift()?.() };
}

/** The error of a call that fails. */
export async function failure(call: Promise<unknown>): Promise<CellsmithError> {
  const error: unknown = await call.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof CellsmithError) return error;
  throw error;
}

export const turns = async (count = 10): Promise<void> => {
  for (let i = 0; i < count; i++) await Promise.resolve();
};
