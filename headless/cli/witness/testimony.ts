/** What a witness says of the end of a command for want of memory, and what it puts on record. Loads the engine. */
import { CellsmithError } from '../../../core/base/errors.ts';
import { outOfMemory } from '../../../core/base/outOfMemory.ts';
import { recordDeath } from '../../../core/engine/recordDeath.ts';
import { continueRun } from '../../../core/engine/run.ts';
import type { OpenRun } from '../../../core/engine/run.ts';
import { createEngineHost } from '../../host/engineHost.ts';
import { forecastDeath } from '../../host/forecastDeath.ts';
import type { ForecastDeath } from '../../host/forecastDeath.ts';
import { withCommands } from '../memoryCommands.ts';
import { reportError } from '../output.ts';
import type { WitnessTask } from './witness.ts';

/** Says it as the command itself would have. Never throws: what cannot be put on record is told all the same. */
export async function tell(task: WitnessTask, death: ForecastDeath): Promise<void> {
  const error = task.kind === 'forecast' ? forecastDeath(task, death) : await ofRun(task.folder, death);
  reportError(error, task.json);
}

async function ofRun(folder: string, { verdict, doing, memory }: ForecastDeath): Promise<unknown> {
  const death = {
    ...verdict,
    ...(doing === '' ? {} : { doing }),
    ...(memory === undefined ? {} : { memory }),
  };
  let run: OpenRun | undefined;
  try {
    run = await continueRun(createEngineHost({ folder }));
    return await withCommands(asError(await recordDeath(run, death)), run, folder);
  } catch {
    // There is no run yet, or its disk is gone.
    return asError(outOfMemory(death));
  } finally {
    await run?.close();
  }
}

function asError({ code, message, hint }: { code: string; message: string; hint: string }): CellsmithError {
  return new CellsmithError(code, message, hint);
}
