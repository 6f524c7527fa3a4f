/** Makes a forecast and prints it. Loads the engine. */
import { bytesText } from '../../core/base/bytesText.ts';
import { CellsmithError } from '../../core/base/errors.ts';
import { forecast } from '../../core/engine/forecast.ts';
import { durationText } from '../../core/engine/forecastWords.ts';
import type { Forecast } from '../../core/protocol/forecast.ts';
import type { Phase } from '../../core/runs/events.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { systemClock } from '../host/clock.ts';
import { createForecastHost } from '../host/forecastHost.ts';
import { EXIT, printResult, reportError } from './output.ts';
import { PHASE_TITLES } from './progress.ts';
import { createProgressPrinter } from './progressPrinter.ts';
import { callWitness } from './witness/witness.ts';

export interface ForecastRequest {
  readonly config: RunConfig;
  readonly phases: readonly Phase[];
  /** Where the run would be. */
  readonly folder: string;
  readonly json?: boolean;
}

/** @returns the exit code. @throws what the forecast throws, unless the person stopped it */
export async function runForecast({
  config,
  phases,
  folder,
  json = false,
}: ForecastRequest): Promise<number> {
  const printer = createProgressPrinter(process.stderr, systemClock);
  const witness = callWitness({ kind: 'forecast', config, phases, json });
  const stop = new AbortController();
  const onSignal = (): void => {
    printer.line('Stopping after this step; press Ctrl-C again to stop at once.');
    stop.abort();
  };
  // Once: the second time ends the process, as it does by itself.
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    const host = await createForecastHost({ folder });
    const made = await forecast(config, phases, host, {
      signal: stop.signal,
      onProgress(what, done, total) {
        witness.doing(what);
        printer.working(what, done, total);
      },
    });
    printer.close();
    printResult(json ? JSON.stringify(made) : forecastText(made));
    return EXIT.done;
  } catch (error) {
    printer.close();
    if (!(error instanceof CellsmithError) || error.code !== 'cancelled') throw error;
    reportError(error, json);
    return EXIT.stopped;
  } finally {
    witness.dismiss();
    printer.close();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export function forecastText(made: Forecast): string {
  const rows = [
    ['', 'steps', 'a step', 'compiling', 'time', 'disk'],
    ...made.phases.map(({ phase, steps, secondsPerStep, compileSeconds, seconds, diskBytes }) => [
      PHASE_TITLES[phase],
      steps.toLocaleString('en'),
      stepText(secondsPerStep),
      durationText(compileSeconds),
      durationText(seconds),
      bytesText(diskBytes),
    ]),
    ['in all, with reading the data', '', '', '', durationText(made.seconds), bytesText(made.diskBytes)],
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const { peakMemoryBytes, freeMemoryBytes, memoryBytes, freeDiskBytes } = made;
  return [
    `on ${made.device}`,
    '',
    ...rows.map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    ),
    '',
    `memory   ${bytesText(peakMemoryBytes)} at most; ${bytesText(freeMemoryBytes)} of ${bytesText(memoryBytes)} are free`,
    `disk     ${bytesText(freeDiskBytes)} are free`,
    `basis    ${made.basis}`,
    ...made.warnings.map((warning) => `warning: ${warning}`),
  ].join('\n');
}

function stepText(seconds: number): string {
  if (seconds >= 10) return durationText(seconds);
  return seconds >= 0.1 ? `${seconds.toFixed(2)} s` : `${(seconds * 1000).toFixed(1)} ms`;
}
