import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellPlan,
  edgeAt,
  edgeCount,
  edgeIndex,
  edgeStride,
  reductionCells,
} from '../../../core/searchSpace/topology.ts';
import { anySkeleton, cifar, thrown } from './spaces.ts';

const FOUR = { normal: 4, reduce: 4 };

describe('the plan of the macro network', () => {
  it('reduces after a third and two thirds of the cells', () => {
    expect([20, 8, 14, 5, 4, 3].map(reductionCells)).toEqual([
      [6, 13],
      [2, 5],
      [4, 9],
      [1, 3],
      [1, 2],
      [1, 2],
    ]);
    expect([2, 1].map(reductionCells)).toEqual([[0, 1], [0]]);
  });

  it('doubles channels and halves sizes at each reduction', () => {
    const plan = cellPlan(cifar(8, 16), FOUR);
    expect(plan.map(({ channels }) => channels)).toEqual([16, 16, 32, 32, 32, 64, 64, 64]);
    expect(plan.map(({ inputSize }) => inputSize)).toEqual([32, 32, 32, 16, 16, 16, 8, 8]);
    expect(plan.map(({ outputSize }) => outputSize)).toEqual([32, 32, 16, 16, 16, 8, 8, 8]);
    expect(plan.map(({ reductionPrev }) => reductionPrev)).toEqual([0, 0, 0, 1, 0, 0, 1, 0].map(Boolean));
    expect(plan.map(({ channelsPrevPrev }) => channelsPrevPrev)).toEqual([
      48, 48, 64, 64, 128, 128, 128, 256,
    ]);
    expect(plan.map(({ channelsPrev }) => channelsPrev)).toEqual([48, 64, 64, 128, 128, 128, 256, 256]);
  });

  it('stays in step with itself for any skeleton and concatenation', () => {
    const concat = fc.record({
      normal: fc.integer({ min: 1, max: 7 }),
      reduce: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(anySkeleton, concat, (skeleton, counts) => {
        const plan = cellPlan(skeleton, counts);
        expect(plan.map(({ index }) => index)).toEqual([...plan.keys()]);
        plan.forEach((cell, i) => {
          const halved = cell.kind === 'reduce';
          expect(cell.outputSize).toBe(halved ? cell.inputSize / 2 : cell.inputSize);
          const before = i > 0 ? plan[i - 1] : undefined;
          expect(cell.inputSize).toBe(before?.outputSize ?? skeleton.imageSize);
          expect(cell.channels).toBe((before?.channels ?? skeleton.channels) * (halved ? 2 : 1));
          expect(cell.channelsPrev).toBe(
            before ? before.channels * counts[before.kind] : 3 * skeleton.channels,
          );
          expect(cell.channelsPrevPrev).toBe(before?.channelsPrev ?? 3 * skeleton.channels);
          expect(cell.reductionPrev).toBe(before?.kind === 'reduce');
        });
      }),
    );
  });

  it('refuses an image size that a reduction cannot halve, and names one that it can', () => {
    const error = thrown(() => cellPlan({ ...cifar(8, 16), imageSize: 30 }, FOUR));
    expect(error.code).toBe('image-size');
    expect(error.message).toContain('not divisible');
    expect(error.message).toContain('30×30');
    expect(error.hint).toContain('28 or 32');
    expect(thrown(() => cellPlan({ ...cifar(8, 16), imageSize: 2 }, FOUR)).hint).toContain('4');
    expect(cellPlan({ ...cifar(1, 16), imageSize: 30 }, FOUR)[0].outputSize).toBe(15);
  });
});

describe('the edges of a cell', () => {
  it('number 2, 5, 9, 14, 20 for 1 to 5 nodes', () => {
    expect([1, 2, 3, 4, 5].map(edgeCount)).toEqual([2, 5, 9, 14, 20]);
  });

  it('are numbered by node, then by source, both ways', () => {
    let row = 0;
    for (let node = 0; node < 5; node++) {
      for (let from = 0; from < node + 2; from++, row++) {
        expect(edgeIndex(node, from)).toBe(row);
        expect(edgeAt(row)).toEqual({ node, from });
      }
    }
  });

  it('have stride 2 where they read an input of a reduction cell', () => {
    const strides = Array.from({ length: 14 }, (_, e) => edgeStride('reduce', edgeAt(e).from) - 1);
    expect(strides).toEqual([1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0]);
    expect(edgeStride('normal', 0)).toBe(1);
  });
});
