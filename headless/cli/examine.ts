/** Facts about this machine for `doctor`. */
import { existsSync } from 'node:fs';
import { arch, availableParallelism, cpus, freemem, release, totalmem, type } from 'node:os';
import { bytesText } from '../../core/base/bytesText.ts';
import type { Availability } from '../../core/compute/executor.ts';
import { DEFAULT_EXECUTOR } from '../../core/runs/runConfig.ts';
import { isWorthMeasuring } from '../../core/protocol/machine.ts';
import type { Measurement } from '../../core/protocol/machine.ts';
import { count } from '../../core/report/format.ts';
import {
  differenceText,
  type Paced,
  paceText,
  passText,
  threadsText,
  fastestThreads,
  threadCount,
} from '../../core/report/executorPace.ts';
import type { Card } from '../host/cards.ts';
import { listCards } from '../host/cards.ts';
import type { ExecutorReport } from '../host/executors.ts';
import { chosenExecutor } from '../host/chosenExecutor.ts';
import { loadExecutors } from '../host/executors.ts';
import { keepMeasurement, measureExecutors, readMeasurement } from '../host/measurement.ts';
import { groupRoom } from '../host/memory.ts';
import { probeExecutor } from '../host/probe.ts';
import { hasNvidiaDriver } from '../setup/sources.ts';
import { LARGE, STANDARD, type StandardSize } from '../host/standardSupernet.ts';
import { APP_VERSION, VERSIONS } from '../host/version.ts';
import { createVerifyHost } from '../host/verifyHost.ts';

export interface Examination {
  readonly executors: readonly ExecutorReport[];
  /** Taken where an experiment names none; missing where none works. */
  readonly chosen?: string;
  readonly machine: {
    readonly system: string;
    readonly cpu: string;
    /** Threads this process may use. */
    readonly cores: number;
    readonly memoryBytes: number;
    readonly freeMemoryBytes: number;
    /** Of the control group, where it is lower. */
    readonly memoryLimitBytes?: number;
  };
  readonly cards: readonly Card[];
  readonly app: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Whether exports to PyTorch can be checked here. */
  readonly python: { readonly available: boolean };
}

export interface ExamineOptions {
  /** Where the measurement is kept, if there is such a folder: the window shows it. */
  readonly home: string;
  /** Told before each executor is tried, with milliseconds by the times before. */
  readonly onTry?: (what: string, doneMs: number, totalMs: number) => void;
}

export async function examine({ home, onTry }: ExamineOptions): Promise<Examination> {
  const python = await createVerifyHost().findPython();
  const { all } = await loadExecutors();
  const before = await readMeasurement(home);
  const found = new Map<string, Availability>();
  const measured = await measureExecutors(all, {
    now: Date.now,
    ...(before === undefined ? {} : { before }),
    ...(onTry === undefined ? {} : { onProgress: onTry }),
    async measure(id) {
      const answer = await probeExecutor(id, { measured: true });
      found.set(id, answer);
      return answer;
    },
  });
  await keep(home, measured);
  const limit = await groupRoom();
  const chosen = chosenExecutor(
    all.map(({ id }) => id),
    (id) => found.get(id)?.available === true,
    measured.executors,
  );
  return {
    ...(chosen === undefined ? {} : { chosen }),
    executors: all.flatMap(({ id, title }) => {
      const answer = found.get(id);
      return answer === undefined ? [] : [{ id, title, ...answer }];
    }),
    machine: {
      system: `${type()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      freeMemoryBytes: freemem(),
      ...(limit === undefined ? {} : { memoryLimitBytes: limit.limitBytes }),
    },
    cards: await listCards(),
    app: APP_VERSION,
    versions: VERSIONS,
    python: { available: python !== undefined },
  };
}

/**
 * To look at a machine makes no folder on it, unless there is a choice to be kept; and a disk that is full is no reason to
 * say nothing.
 */
async function keep(home: string, measured: Measurement): Promise<void> {
  if (existsSync(home) || isChoice(measured, await hasNvidiaDriver()))
    await keepMeasurement(home, measured).catch(() => undefined);
}

/** Also where a card turned out to be of no use: experiments ask for a measurement until there is one. */
export function isChoice(
  { cores, executors }: Pick<Measurement, 'cores' | 'executors'>,
  hasDriver: boolean,
): boolean {
  return hasDriver || isWorthMeasuring(executors, cores);
}

export function examinationText(examination: Examination): string {
  const { executors, chosen, machine, cards, app, versions, python } = examination;
  const { memoryBytes, freeMemoryBytes, memoryLimitBytes } = machine;
  const limit =
    memoryLimitBytes === undefined ? '' : `, of which this group may take ${bytesText(memoryLimitBytes)}`;
  const usual = executors.find(({ id }) => id === DEFAULT_EXECUTOR);
  const pace = chosen === undefined ? undefined : paceText(chosen, executors.map(paced));
  return [
    `Cellsmith ${app} on Node ${versions.node}, ${machine.system}`,
    `${machine.cpu}, ${machine.cores} cores, ${bytesText(memoryBytes)} memory (${bytesText(freeMemoryBytes)} free)${limit}`,
    ...(cards.length === 0 ? ['no graphics card was found'] : cards.map(cardText)),
    '',
    ...executors.flatMap((one) => executorLines(one, one.id === chosen, usual)),
    '',
    `A pass: forward and backward through a supernet of ${sizeText(STANDARD)}; the large one: ${sizeText(LARGE)}.`,
    `A step: of second-order E2RNAS through the same supernet as a pass.`,
    sessionsText(usual, machine.cores),
    ...(chosen === undefined ? [] : [`${chosen} is taken unless another is named. ${pace ?? ''}`.trim()]),
    `Exports to PyTorch ${python.available ? 'can be' : 'cannot be'} checked: Python with torch ${python.available ? 'found' : 'not found'}.`,
  ].join('\n');
}

/** How ONNX Runtime is asked to work, and by what its number of threads was chosen. */
function sessionsText(usual: ExecutorReport | undefined, cores: number): string {
  const measured = usual?.available === true ? usual : {};
  const threads = fastestThreads(measured)?.threads ?? cores;
  const tried = threadsText(measured, cores);
  return `Sessions of ONNX Runtime: ${threadCount(threads)}${tried === undefined ? '' : ` (a large pass: ${tried})`} that sleep while they have nothing to do; no arena and no memory pattern; no node elsewhere than asked.`;
}

function paced(report: ExecutorReport): Paced {
  const { id } = report;
  if (!report.available) return { id };
  const { standardPassMs, largePassMs, threadPasses } = report;
  return { id, standardPassMs, largePassMs, threadPasses };
}

function sizeText({ cells, nodes, channels, imageSize, batchSize }: StandardSize): string {
  return `${cells} cells, ${nodes} nodes, ${channels} channels, ${imageSize}×${imageSize} images, batch ${batchSize}`;
}

function cardText({ name, driver, totalBytes, freeBytes }: Card): string {
  const memory =
    totalBytes === undefined
      ? ''
      : `, ${bytesText(totalBytes)} memory${freeBytes === undefined ? '' : ` (${bytesText(freeBytes)} free)`}`;
  return `card: ${name}${memory}${driver === undefined ? '' : `, driver ${driver}`}`;
}

function executorLines(
  executor: ExecutorReport,
  isChosen: boolean,
  usual: ExecutorReport | undefined,
): readonly string[] {
  const line = `${executor.id.padEnd(13)} ${executor.title}: `;
  if (!executor.available)
    return [
      `${line}not available: ${executor.reason}`,
      ...(executor.hint === undefined ? [] : [`  → ${executor.hint}`]),
    ];
  const { standardPassMs: ms, standardStepMs: stepMs, nodes } = executor;
  const { largePassMs: large, selfTest, device } = executor;
  const largePace = large === undefined ? '' : `, ${passText(large)} a large one`;
  const where = nodes === undefined ? '' : ` of ${count(nodes)} nodes, all of them there`;
  const step = stepMs === undefined ? '' : `, ${passText(stepMs)} a step`;
  const pace = ms === undefined ? '' : `; ${passText(ms)} a pass${where}${step}${largePace}`;
  const tested =
    selfTest === undefined
      ? ''
      : `; self-test: ${selfTest.values} values, off by ${selfTest.worst.toExponential(1)} at most`;
  const chosen = isChosen ? '; taken unless another is named' : '';
  const difference = usual?.available === true ? differenceText(executor, usual) : undefined;
  return [
    `${line}works, on ${device}${pace}${tested}${chosen}`,
    ...(difference === undefined ? [] : [`  → ${difference}`]),
  ];
}
