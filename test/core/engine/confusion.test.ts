import { describe, expect, it } from 'vitest';
import {
  confusionEvent,
  confusionMatrix,
  MOST_CLASSES,
  tooManyClasses,
} from '../../../core/engine/confusion.ts';
import { RunEvent } from '../../../core/runs/events.ts';
import type { RobustCounted } from '../../../core/runs/events.ts';
import type { Answer } from '../../../core/training/evaluate.ts';

const classes = ['cat', 'dog', 'eel'];
const said = (predicted: number | undefined, label: number): Answer => ({
  ...(predicted === undefined ? {} : { predicted }),
  isRight: predicted === label,
  confidence: 0.5,
});
const labels = Int32Array.of(0, 0, 0, 1, 2, 2);
const answers = [said(0, 0), said(2, 0), said(2, 0), said(1, 1), said(undefined, 2), said(0, 2)];

describe('a confusion matrix', () => {
  it('counts true classes by row and predicted ones by column; what is no answer is in no column', () => {
    expect(confusionMatrix({ labels, answers, classes })).toEqual([
      [1, 0, 2],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  it('has the right answers on its diagonal', () => {
    const matrix = confusionMatrix({ labels, answers, classes });
    const diagonal = matrix.reduce((sum, row, i) => sum + row[i], 0);
    expect(diagonal).toBe(answers.filter(({ isRight }) => isRight).length);
  });

  it('goes into the journal with its classes and, under attack, with the conditions alone', () => {
    const robust: RobustCounted = {
      ...{ accuracy: 0.5, n: 6, interval: [0.1, 0.9], largestPerturbation: 0.03 },
      ...{ attack: 'pgd', norm: 'linf', epsilon: 0.03, steps: 5, stepSize: 0.015, restarts: 1 },
    };
    const clean = confusionEvent('found', { labels, answers, classes });
    const attacked = confusionEvent('found', { labels, answers, classes }, robust);
    expect(RunEvent.parse({ ...clean, at: 1 })).toMatchObject({ n: 6, classes });
    expect('attack' in clean).toBe(false);
    expect(RunEvent.parse({ ...attacked, at: 1 })).toMatchObject({
      attack: { attack: 'pgd', norm: 'linf', epsilon: 0.03, steps: 5, stepSize: 0.015, restarts: 1 },
    });
  });

  it('is not made of more classes than can be read', () => {
    const named = (count: number): string[] => Array.from({ length: count }, (_, i) => `class ${i}`);
    expect(tooManyClasses(named(MOST_CLASSES))).toBeUndefined();
    expect(tooManyClasses(named(MOST_CLASSES + 1))).toMatchObject({ code: 'no-confusion-matrix' });
  });
});
