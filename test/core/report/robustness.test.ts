import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../core/report/index.ts';
import type { NewRunEvent, RobustCounted, RunEvent } from '../../../core/runs/events.ts';
import { counted } from '../../../core/training/intervals.ts';
import { manifest, reportEvents } from '../../fixtures/reportEvents.ts';
import { byId, elementsOf, readPage, textOf } from './readPage.ts';

const before = reportEvents(['search', 'retrain']);
const at = (k: number, correct: number, changes: Partial<RobustCounted> = {}): RobustCounted => ({
  ...counted(correct, 200),
  ...{ attack: 'pgd', norm: 'linf', epsilon: k / 255, steps: 20, stepSize: k / 2550, restarts: 1 },
  largestPerturbation: k / 255,
  ...changes,
});
const trained = before.find((event) => event.kind === 'retrained');
if (trained?.kind !== 'retrained') throw new Error('the fixture has no trained network');
const { genotype, params, macs } = trained;
const evaluated = (robust: readonly RobustCounted[]): NewRunEvent => ({
  ...{ kind: 'evaluated', label: 'found', genotype, params, macs },
  clean: counted(180, 200),
  robust: [...robust],
});
const confusion = (classes: readonly string[], robust?: RobustCounted): NewRunEvent => {
  const { attack, norm, epsilon, steps, stepSize, restarts } = robust ?? at(0, 0);
  return {
    ...{ kind: 'confusion', label: 'found', n: 200, classes: [...classes] },
    ...(robust === undefined ? {} : { attack: { attack, norm, epsilon, steps, stepSize, restarts } }),
    matrix: classes.map((_, row) => classes.map((_name, column) => (row === column ? 30 : 10))),
  };
};
const curve = [at(1, 160), at(4, 90), at(8, 30), at(2, 130)];

function pageOf(...events: readonly NewRunEvent[]) {
  const later = events.map((event, i) => ({ ...event, at: 2e12 + i }) as RunEvent);
  return readPage(renderReport([...before, ...later], manifest));
}
const sectionOf = (...events: readonly NewRunEvent[]): string =>
  textOf(byId(pageOf(...events), 'robustness'));

describe('robustness in detail', () => {
  it('draws the accuracy over ε in order of the radii, with its conditions and intervals', () => {
    const page = pageOf(evaluated(curve));
    const text = textOf(byId(page, 'robustness'));
    expect(text).toContain('Robust accuracy over ε: PGD-20, L∞');
    expect(text).toMatch(/1 restart, n = 200 images of the test split at every radius/);
    const chart = byId(page, 'radius-0');
    const data = elementsOf(chart).find(({ attributes }) => attributes.get('type') === 'application/json');
    const { lines } = JSON.parse(data?.children.join('') ?? '') as { lines: readonly unknown[] };
    expect(lines).toEqual([{ name: 'Found network', x: [1, 2, 4, 8], y: [0.8, 0.65, 0.45, 0.15] }]);
  });

  it('draws no curve through two radii, or through attacks or samples that differ', () => {
    for (const list of [
      [at(1, 160), at(2, 130)],
      [at(1, 160), at(2, 130), at(4, 90, { steps: 5 })],
      [at(1, 160), at(2, 130), at(4, 90, { norm: 'l2' })],
      [at(1, 160), at(2, 130), { ...at(4, 90), ...counted(45, 100) }],
    ])
      expect(sectionOf(evaluated(list))).toContain('no attack at 3 radii or more');
  });

  it('shows what is taken for what, unperturbed and under the last attack alone', () => {
    const classes = ['cat', 'dog'];
    const text = sectionOf(
      evaluated(curve),
      confusion(classes),
      confusion(classes, curve[0]),
      confusion(classes, curve[3]),
    );
    expect(text).toContain('classes taken for one another, unperturbed images, n = 200');
    expect(text).toContain('under PGD, L∞, ε = 2/255, 20 steps of 0.2/255, 1 restart, n = 200');
    expect(text).not.toContain('under PGD, L∞, ε = 1/255');
    expect(text).toContain('dog · cat: 25.0 %');
    expect(text).toContain('dog · dog: 75.0 %');
  });

  it('does not draw what could not be read', () => {
    const many = Array.from({ length: 21 }, (_, i) => `class ${i}`);
    expect(sectionOf(evaluated([]), confusion(many))).toContain('21 classes are too many to draw');
  });

  it('says why there is nothing', () => {
    expect(sectionOf()).toContain('the run has not come to it');
    expect(sectionOf(evaluated([]))).toContain('recorded no confusion matrix');
  });

  it('is void once the network is trained anew', () => {
    const { at: _at, ...again } = trained;
    expect(sectionOf(evaluated(curve), confusion(['a', 'b']), again)).toContain('the run has not come to it');
  });
});

describe('a warning', () => {
  it('is shown with its place', () => {
    const html = pageOf();
    expect(textOf(byId(html, 'warnings'))).toMatch(/skip-collapse , search at step [\d,]+, /);
  });
});
