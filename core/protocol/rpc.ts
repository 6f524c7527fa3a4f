/** Typed calls and events over any port: parsed on arrival, cancellable, errors as data. Tensor-free. */
import { z } from 'zod';
import { CellsmithError } from '../base/errors.ts';
import type { Port } from './port.ts';

export interface Method {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}

/** Methods are verbs, events are nouns. */
export interface Api {
  readonly methods: Readonly<Record<string, Method>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export interface Progress {
  /** What is being counted, in words. */
  readonly what: string;
  readonly done: number;
  /** 0 where nobody knows. */
  readonly total: number;
}

/** What a handler may do besides returning. */
export interface CallContext {
  /** Aborted when the caller cancels or is gone. */
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

type Params<A extends Api, K extends keyof A['methods']> = z.infer<A['methods'][K]['params']>;
type Result<A extends Api, K extends keyof A['methods']> = z.infer<A['methods'][K]['result']>;

export type Handlers<A extends Api> = {
  readonly [K in keyof A['methods']]: (
    params: Params<A, K>,
    context: CallContext,
  ) => Result<A, K> | Promise<Result<A, K>>;
};

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Client<A extends Api> {
  /** @throws CellsmithError of the handler; `cancelled`; `disconnected` when the other end is gone */
  call<K extends keyof A['methods'] & string>(
    name: K,
    params: z.input<A['methods'][K]['params']>,
    options?: CallOptions,
  ): Promise<Result<A, K>>;
  /** @returns stops listening */
  on<K extends keyof A['events'] & string>(
    name: K,
    listener: (value: z.infer<A['events'][K]>) => void,
  ): () => void;
  readonly closed: Promise<void>;
  close(): void;
}

export interface Server<A extends Api> {
  emit<K extends keyof A['events'] & string>(name: K, value: z.input<A['events'][K]>): void;
  readonly closed: Promise<void>;
  close(): void;
}

const ErrorData = z.object({ code: z.string(), message: z.string(), hint: z.string() });
const ProgressData = z.object({ what: z.string(), done: z.number(), total: z.number() });

/** Values may be missing: JSON has no word for undefined. */
const Request = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), name: z.string(), params: z.unknown().optional() }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
]);

const Reply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.int(), value: z.unknown().optional() }),
  z.object({ type: z.literal('error'), id: z.int(), error: ErrorData }),
  z.object({ type: z.literal('progress'), id: z.int(), progress: ProgressData }),
  z.object({ type: z.literal('event'), name: z.string(), value: z.unknown().optional() }),
]);

/** Any failure as what travels: what a person can act on keeps its words, the rest is `internal`. */
export function errorData(error: unknown): z.infer<typeof ErrorData> {
  if (error instanceof CellsmithError) {
    const { code, message, hint } = error;
    return { code, message, hint };
  }
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    hint: 'This is a mistake of the program: please report it with the log.',
  };
}

/** Answers calls until the port closes; calls still under way are cancelled then. */
export function serve<A extends Api>(port: Port, api: A, handlers: Handlers<A>): Server<A> {
  const running = new Map<number, AbortController>();
  const closed = new Promise<void>((resolve) => {
    port.onClose(() => {
      running.forEach((controller) => controller.abort());
      resolve();
    });
  });

  async function answer(id: number, name: string, raw: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(api.methods, name)) throw badMessage(`there is no method '${name}'`);
      const parsed = api.methods[name].params.safeParse(raw);
      if (!parsed.success) throw badMessage(`${name}: ${z.prettifyError(parsed.error)}`);
      const value = await handlers[name](parsed.data as never, {
        signal: controller.signal,
        progress: (progress) => port.post({ type: 'progress', id, progress }),
      });
      // The caller looks at it: long lists would otherwise be checked twice.
      port.post({ type: 'result', id, value });
    } catch (error) {
      port.post({
        type: 'error',
        id,
        error: controller.signal.aborted ? errorData(cancelled()) : errorData(error),
      });
    } finally {
      running.delete(id);
    }
  }

  port.listen((message) => {
    const request = Request.safeParse(message);
    // Nobody waits for an answer to what is no request.
    if (!request.success) return;
    if (request.data.type === 'cancel') running.get(request.data.id)?.abort();
    else void answer(request.data.id, request.data.name, request.data.params);
  });

  return {
    emit: (name, value) => port.post({ type: 'event', name, value }),
    closed,
    close: () => port.close(),
  };
}

interface Waiting {
  readonly result: z.ZodType;
  readonly onProgress?: (progress: Progress) => void;
  resolve(value: unknown): void;
  reject(error: CellsmithError): void;
}

/** The caller's end. */
export function connect<A extends Api>(port: Port, api: A): Client<A> {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(value: never) => void>>();
  let last = 0;
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    port.onClose(() => {
      isClosed = true;
      waiting.forEach(({ reject }) => reject(disconnected()));
      waiting.clear();
      resolve();
    });
  });

  port.listen((message) => {
    const parsed = Reply.safeParse(message);
    if (!parsed.success) return;
    const reply = parsed.data;
    if (reply.type === 'event') return deliver(reply.name, reply.value);
    const call = waiting.get(reply.id);
    if (call === undefined) return;
    if (reply.type === 'progress') return call.onProgress?.(reply.progress);
    waiting.delete(reply.id);
    if (reply.type === 'error') {
      const { code, message: words, hint } = reply.error;
      return call.reject(new CellsmithError(code, words, hint));
    }
    const result = call.result.safeParse(reply.value);
    if (result.success) call.resolve(result.data);
    else call.reject(badMessage(z.prettifyError(result.error)));
  });

  function deliver(name: string, raw: unknown): void {
    if (!Object.hasOwn(api.events, name)) return;
    const value = api.events[name].safeParse(raw);
    if (value.success) listeners.get(name)?.forEach((listener) => listener(value.data as never));
  }

  return {
    call(name, params, { signal, onProgress } = {}) {
      return new Promise((resolve, reject) => {
        if (isClosed) return reject(disconnected());
        if (signal?.aborted === true) return reject(cancelled());
        const id = ++last;
        const stop = (): void => {
          if (!waiting.delete(id)) return;
          port.post({ type: 'cancel', id });
          reject(cancelled());
        };
        const done = (): void => signal?.removeEventListener('abort', stop);
        waiting.set(id, {
          result: api.methods[name].result,
          ...(onProgress === undefined ? {} : { onProgress }),
          resolve: (value) => (done(), resolve(value as never)),
          reject: (error) => (done(), reject(error)),
        });
        signal?.addEventListener('abort', stop, { once: true });
        port.post({ type: 'call', id, name, params });
      });
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all);
      all.add(listener);
      return () => void all.delete(listener);
    },
    closed,
    close: () => port.close(),
  };
}

const cancelled = (): CellsmithError =>
  new CellsmithError('cancelled', 'This was cancelled.', 'Start it again when you want it.');

const disconnected = (): CellsmithError =>
  new CellsmithError(
    'disconnected',
    'The connection to the program is lost.',
    'It is tried again by itself; a run goes on meanwhile.',
  );

const badMessage = (what: string): CellsmithError =>
  new CellsmithError(
    'bad-message',
    `A message was not understood: ${what}`,
    'Window and program may be of different versions: reload the window.',
  );
