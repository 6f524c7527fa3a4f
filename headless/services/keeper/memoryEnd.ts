/** The end of an engine for want of memory: put on record by another, small one, and told as a failure. */
import { outOfMemory } from '../../../core/base/outOfMemory.ts';
import { engineApi } from '../../../core/protocol/engineApi.ts';
import type { MemoryDeath } from '../../../core/protocol/engineApi.ts';
import type { RunProcess } from '../../../core/protocol/hostApi.ts';
import { connect } from '../../../core/protocol/rpc.ts';
import type { Failure } from '../../../core/protocol/values.ts';
import type { ProcessEnd } from '../../host/processEnd.ts';
import type { ProcessHost } from '../processHost.ts';
import { compilingWords, countingWords } from '../../host/doingWords.ts';
import { deathByMemory } from '../../host/memoryDeath.ts';
import type { MemoryWatch } from '../../host/memoryWatch.ts';

export interface EndedEngine {
  readonly runId: string;
  readonly folder: string;
  readonly processes: ProcessHost;
  readonly watch: MemoryWatch;
  readonly activity: RunProcess['activity'];
  /** Whether there is a journal of it. */
  readonly isOnRecord: boolean;
}

/** @returns undefined where it ended of something else. Never throws: what cannot be put on record is told all the same */
export async function memoryEnd(end: ProcessEnd, engine: EndedEngine): Promise<Failure | undefined> {
  const seen = await engine.watch.ended();
  const verdict = deathByMemory(end, seen);
  if (verdict === undefined) return undefined;
  const doing = doingOf(engine.activity);
  const death: MemoryDeath = {
    ...verdict,
    ...(doing === undefined ? {} : { doing }),
    ...(seen.memory === undefined ? {} : { memory: seen.memory }),
  };
  if (!engine.isOnRecord) return outOfMemory(death);
  const child = engine.processes.fork('engine', `end of ${engine.runId}`);
  const client = connect(child.port, engineApi);
  try {
    return await client.call('recordDeath', { folder: engine.folder, death });
  } catch {
    return outOfMemory(death);
  } finally {
    client.close();
    child.kill();
  }
}

function doingOf(activity: RunProcess['activity']): string | undefined {
  switch (activity?.kind) {
    case undefined:
      return undefined;
    case 'compiling':
      return compilingWords(activity);
    case 'counting':
      return countingWords(activity);
  }
}
