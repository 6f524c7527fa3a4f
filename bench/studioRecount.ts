/** Times what the cell studio does at every edit: the edit, the recount of the network, the elements of the drawing. */
import { PRIMITIVES } from '../core/searchSpace/genotype.ts';
import { genotypes } from '../core/searchSpace/library.ts';
import { layeredLayout } from '../renderer/studio/graph/layeredLayout.ts';
import { cellElements } from '../renderer/studio/model/cellElements.ts';
import { operationCosts, recount } from '../renderer/studio/model/counts.ts';
import { applyEdit } from '../renderer/studio/model/edit.ts';

const SKELETON = { cells: 20, channels: 36, classes: 10, imageSize: 32, imageChannels: 3 };
const FREE = { primitives: PRIMITIVES, beyondSpace: true };
const ROUNDS = 300;

/** Milliseconds of one call: the median and the slowest of all. */
function timed(calls: readonly (() => unknown)[]): string {
  const times = calls.map((call) => {
    const before = performance.now();
    call();
    return performance.now() - before;
  });
  const sorted = times.toSorted((a, b) => a - b);
  return `median ${sorted[Math.floor(sorted.length / 2)].toFixed(3)} ms, slowest ${(sorted.at(-1) ?? 0).toFixed(3)} ms of ${calls.length}`;
}

const repeat = (call: (i: number) => unknown): (() => unknown)[] =>
  Array.from({ length: ROUNDS }, (_, i) => () => call(i));

const { genotype } = genotypes.get('E2RNAS_CIFAR10');
const costs = operationCosts(SKELETON);
const edited = (i: number) => {
  const op = PRIMITIVES[1 + (i % (PRIMITIVES.length - 1))];
  const result = applyEdit(genotype, { kind: 'operation', cell: 'normal', edge: i % 8, op }, FREE);
  return result.ok ? result.genotype : genotype;
};

console.log(
  `edit and recount of 20 cells: ${timed(repeat((i) => recount(edited(i), genotype, SKELETON, {})))}`,
);
console.log(
  `the same with all elements: ${timed(
    repeat((i) => {
      const now = edited(i);
      recount(now, genotype, SKELETON, {});
      return [cellElements('normal', now.normal, { costs }), cellElements('reduce', now.reduce, { costs })];
    }),
  )}`,
);
console.log(`costs of all operations: ${timed(repeat(() => operationCosts(SKELETON)))}`);
console.log(
  `layout of a new shape: ${timed(
    genotypes.all.flatMap((one) => [
      () => layeredLayout(one.genotype.normal),
      () => layeredLayout(one.genotype.reduce),
    ]),
  )}`,
);
