/** The library's end of the registries' process: begun at once, since every window asks it, and again where it ended. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Catalog } from '../../../core/protocol/catalog.ts';
import type { CheckedConfig, SeenImages } from '../../../core/protocol/libraryApi.ts';
import type { Client } from '../../../core/protocol/rpc.ts';
import { connect } from '../../../core/protocol/rpc.ts';
import type { ProcessHost } from '../processHost.ts';
import { endInWords } from '../../host/processEnd.ts';
import { registriesApi } from './registriesApi.ts';

interface Running {
  readonly client: Client<typeof registriesApi>;
  /** How it ended, in words, once it has. */
  end?: string;
}

/** @throws each call: what the registries say; `registries-ended` where their process ended instead of answering */
export interface RegistriesProcess {
  catalog(): Promise<Catalog>;
  checkConfig(config: Record<string, unknown>, image?: SeenImages): Promise<CheckedConfig>;
  close(): void;
}

export function registriesProcess(host: ProcessHost): RegistriesProcess {
  const start = (): Running => {
    const { port, onExit } = host.fork('registries', 'registries');
    const running: Running = { client: connect(port, registriesApi) };
    onExit((end) => (running.end = endInWords(end)));
    return running;
  };
  let current = start();
  /** The same in every window. */
  let catalog: Promise<Catalog> | undefined;

  const ask = async <T>(question: (client: Client<typeof registriesApi>) => Promise<T>): Promise<T> => {
    if (current.end !== undefined) current = start();
    const running = current;
    try {
      return await question(running.client);
    } catch (error) {
      if (error instanceof CellsmithError && error.code === 'disconnected') throw ended(running.end);
      throw error;
    }
  };

  return {
    async catalog() {
      catalog ??= ask((client) => client.call('catalog', {}));
      try {
        return await catalog;
      } catch (error) {
        catalog = undefined;
        throw error;
      }
    },
    checkConfig: (config, image) =>
      ask((client) => client.call('checkConfig', image === undefined ? { config } : { config, image })),
    close: () => current.client.close(),
  };
}

function ended(how: string | undefined): CellsmithError {
  return new CellsmithError(
    'registries-ended',
    `The process that knows what can be chosen ended without an answer${how === undefined ? '' : `: ${how}`}.`,
    'Try it again; where memory ran out, close other programs first.',
  );
}
