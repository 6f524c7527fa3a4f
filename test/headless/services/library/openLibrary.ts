/** A library in a home of its own, with real registries, and windows on it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { libraryApi } from '../../../../core/protocol/libraryApi.ts';
import type { Client } from '../../../../core/protocol/rpc.ts';
import { connect } from '../../../../core/protocol/rpc.ts';
import type { LibraryOptions } from '../../../../headless/services/library/library.ts';
import { createLibrary } from '../../../../headless/services/library/library.ts';
import { serveRegistries } from '../../../../headless/services/registries/registriesService.ts';
import { portPair } from '../../../helpers/portPair.ts';
import type { FakeProcess } from '../fakeProcesses.ts';
import { fakeProcesses } from '../fakeProcesses.ts';

export interface OpenedLibrary {
  readonly home: string;
  window(): Client<typeof libraryApi>;
  close(): Promise<void>;
}

/** Without options no executor works. @param serve what processes beside that of the registries do */
export async function openLibrary(
  options: Partial<Pick<LibraryOptions, 'measureExecutor' | 'probeExecutors'>> = {},
  serve: (process: FakeProcess) => void = () => undefined,
): Promise<OpenedLibrary> {
  const home = await mkdtemp(join(tmpdir(), 'cellsmith-home-'));
  const library = await createLibrary({
    home,
    processes: fakeProcesses((process) => {
      if (process.entry === 'registries') void serveRegistries(process.port);
      else serve(process);
    }),
    measureExecutor: () => Promise.resolve({ available: false, reason: 'none is measured here' }),
    probeExecutors: () => Promise.resolve([]),
    ...options,
  });
  return {
    home,
    window() {
      const { near, far } = portPair();
      library.connect(far);
      return connect(near, libraryApi);
    },
    async close() {
      await library.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
