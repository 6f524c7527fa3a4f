/** A forecast in a process of its own; where that ends without an answer, why. */
import { CellsmithError } from '../../../core/base/errors.ts';
import { engineApi } from '../../../core/protocol/engineApi.ts';
import type { Forecast } from '../../../core/protocol/forecast.ts';
import type { CallContext } from '../../../core/protocol/rpc.ts';
import { connect } from '../../../core/protocol/rpc.ts';
import type { Plan } from '../../../core/protocol/values.ts';
import type { ProcessEnd } from '../../host/processEnd.ts';
import type { ProcessHost } from '../processHost.ts';
import { endInWords } from '../../host/processEnd.ts';
import { forecastDeath } from '../../host/forecastDeath.ts';
import { deathByMemory } from '../../host/memoryDeath.ts';
import type { WatchMemory } from '../../host/memoryWatch.ts';
import { watchMemory } from '../../host/memoryWatch.ts';

export interface ForecastPlace {
  readonly home: string;
  readonly processes: ProcessHost;
  /** How its process's memory is looked at; tests play it. */
  readonly watch?: WatchMemory;
}

/** @throws CellsmithError of the engine; `out-of-memory`, `forecast-ended` */
export async function forecastOf(
  plan: Plan,
  { signal, progress }: CallContext,
  { home, processes, watch = watchMemory }: ForecastPlace,
): Promise<Forecast> {
  const child = processes.fork('engine', 'forecast');
  const client = connect(child.port, engineApi);
  const memory = watch(() => child.pid);
  let doing = '';
  const { config, phases } = plan;
  try {
    return await client.call(
      'forecast',
      { config, phases, home },
      {
        signal,
        onProgress(told) {
          doing = told.what;
          progress(told);
        },
      },
    );
  } catch (error) {
    if (!(error instanceof CellsmithError) || error.code !== 'disconnected') throw error;
    const end = await new Promise<ProcessEnd>((resolve) => child.onExit(resolve));
    const seen = await memory.ended();
    const verdict = deathByMemory(end, seen);
    if (verdict === undefined) throw ended(end);
    throw forecastDeath(plan, { verdict, doing, memory: seen.memory });
  } finally {
    memory.stop();
    child.kill();
  }
}

function ended(end: ProcessEnd): CellsmithError {
  return new CellsmithError(
    'forecast-ended',
    `The process that tried the experiment ended without an answer: ${endInWords(end)}.`,
    'Try it again; if it happens again, cellsmith forecast in a terminal shows all of the error.',
  );
}
