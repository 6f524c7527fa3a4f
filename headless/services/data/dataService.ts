/** Serves `dataApi`: one piece of work at a time, since each fills memory and processors by itself. */
import type { z } from 'zod';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { dataReport } from '../../../core/datasets/dataReport.ts';
import { makeSplits } from '../../../core/datasets/splits.ts';
import type { DataLook } from '../../../core/protocol/libraryApi.ts';
import type { Perturbation } from '../../../core/protocol/perturbation.ts';
import type { Port } from '../../../core/protocol/port.ts';
import type { CallContext } from '../../../core/protocol/rpc.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import { dataApi } from './dataApi.ts';
import type { OpenData } from './openData.ts';
import { openData, refuseCancelled } from './openData.ts';
import { sendable, thumbnails } from './thumbnails.ts';

/** Serves the library until the port closes. */
export function serveData(port: Port): Promise<void> {
  const data = openData();
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(context: CallContext, work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(() => {
      refuseCancelled(context);
      return work();
    });
    tail = turn.catch(() => undefined);
    return turn;
  };
  const server = serve(port, dataApi, {
    lookAtData: (params, context) => inTurn(context, () => lookAtData(data, params, context)),
    perturb: (params, context) => inTurn(context, () => perturb(data, params, context)),
    rest: () => tail.then(() => undefined),
  });
  return server.closed;
}

type PerturbParams = z.infer<typeof dataApi.methods.perturb.params>;

async function perturb(
  open: OpenData,
  { data, seed, attack, count }: PerturbParams,
  context: CallContext,
): Promise<Perturbation> {
  const dataset = await open.recall(data, seed, context);
  const { perturbationPreview } = await import('../../../core/engine/perturbation.ts');
  const preview = await perturbationPreview(dataset, attack, {
    ...{ seed, count },
    signal: context.signal,
    onProgress: (what, done, total) => context.progress({ what, done, total }),
  });
  const { clean, perturbed, difference } = preview;
  return {
    ...preview,
    clean: sendable(clean),
    perturbed: sendable(perturbed),
    difference: sendable(difference),
  };
}

type LookParams = z.infer<typeof dataApi.methods.lookAtData.params>;

async function lookAtData(
  open: OpenData,
  { data, seed, perClass }: LookParams,
  context: CallContext,
): Promise<DataLook> {
  const dataset = await open.read(data, seed, context);
  const step = async (what: string, done: number): Promise<void> => {
    context.progress({ what, done, total: 3 });
    // So that a cancel that has arrived is heard before the next long computation.
    await nextTurn();
    refuseCancelled(context);
  };
  await step('making splits', 0);
  const splits = await makeSplits(dataset, data, seed);
  await step('looking for duplicates', 1);
  const report = dataReport(dataset, splits);
  await step('drawing images', 2);
  return {
    ...report,
    classes: [...report.classes],
    shape: [...report.shape],
    parts: report.parts.map((part) => ({ ...part, perClass: [...part.perClass] })),
    range: [...report.range],
    unreadable: [...report.unreadable],
    warnings: [...report.warnings],
    thumbnails: thumbnails(dataset.train, perClass),
  };
}
