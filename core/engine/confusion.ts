/** Confusion matrices of an evaluation: what images of each class are taken for. */
import type { NewRunEvent, RobustCounted, ThreatModel } from '../runs/events.ts';
import type { Notice } from '../strategies/strategy.ts';
import type { Answer } from '../training/evaluate.ts';
import type { NetworkLabel } from './retrainPhase.ts';

/** More classes make a matrix that nobody can read and a journal line of its own weight. */
export const MOST_CLASSES = 100;

export interface Asked {
  /** True classes, in the order of `answers`. */
  readonly labels: ArrayLike<number>;
  readonly answers: readonly Answer[];
  readonly classes: readonly string[];
}

/** [K][K]: rows are true classes, columns predicted ones; answers that are not a number are left out. */
export function confusionMatrix({ labels, answers, classes }: Asked): number[][] {
  const matrix = classes.map(() => classes.map(() => 0));
  answers.forEach(({ predicted }, i) => {
    if (predicted !== undefined) matrix[labels[i]][predicted]++;
  });
  return matrix;
}

/** @param robust of the attack; absent for unchanged images */
export function confusionEvent(label: NetworkLabel, asked: Asked, robust?: RobustCounted): NewRunEvent {
  return {
    kind: 'confusion',
    label,
    ...(robust === undefined ? {} : { attack: threatModel(robust) }),
    n: asked.answers.length,
    classes: [...asked.classes],
    matrix: confusionMatrix(asked),
  };
}

function threatModel({ attack, norm, epsilon, steps, stepSize, restarts }: RobustCounted): ThreatModel {
  return { attack, norm, epsilon, steps, stepSize, restarts };
}

export function tooManyClasses(classes: readonly string[]): Notice | undefined {
  if (classes.length <= MOST_CLASSES) return undefined;
  return {
    code: 'no-confusion-matrix',
    message: `No confusion matrix is made: the data set has ${classes.length} classes, and a matrix has at most ${MOST_CLASSES}.`,
    hint: 'The accuracies are measured all the same. Use a data set of fewer classes to see which are mixed up.',
  };
}
