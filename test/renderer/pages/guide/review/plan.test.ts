import { describe, expect, it } from 'vitest';
import {
  PHASES,
  exportProblems,
  phaseBrings,
  phaseLocked,
  runnablePhases,
  withPhase,
} from '../../../../../renderer/pages/guide/review/plan.ts';

describe('the phases of a plan', () => {
  it('stand in their order, whatever the order of choosing', () => {
    expect(withPhase(['search', 'export', 'retrain'], 'evaluate', true)).toEqual([
      'search',
      'retrain',
      'evaluate',
      'export',
    ]);
  });

  it('bring along what they need, and take along what needs them', () => {
    expect(withPhase(['search'], 'export', true)).toEqual(['search', 'retrain', 'export']);
    expect(withPhase(PHASES, 'retrain', false)).toEqual(['search']);
    expect(withPhase(PHASES, 'baseline', false)).toEqual(['search', 'retrain', 'evaluate', 'export']);
  });

  it('begin with the search, or with the retraining where a genotype is given', () => {
    expect(runnablePhases([], false)).toEqual(['search']);
    expect(runnablePhases(['search', 'evaluate'], true)).toEqual(['retrain', 'evaluate']);
  });

  it('say why they cannot be switched', () => {
    expect(phaseLocked('search', false)).toBeDefined();
    expect(phaseLocked('retrain', false)).toBeUndefined();
    expect(phaseLocked('retrain', true)).toBeDefined();
    expect(phaseLocked('export', false)).toBeUndefined();
  });

  it('say what they bring along', () => {
    expect(phaseBrings('export', ['search'])).toBeDefined();
    expect(phaseBrings('export', PHASES)).toBeUndefined();
    expect(phaseBrings('retrain', ['search'])).toBeUndefined();
  });

  it('want a format where there is an export', () => {
    expect(exportProblems(['search', 'export'], []).map(({ path }) => path)).toEqual([['exports']]);
    expect(exportProblems(['search', 'export'], ['onnx'])).toEqual([]);
    expect(exportProblems(['search'], [])).toEqual([]);
    expect(exportProblems(['export'], undefined)).toEqual([]);
  });
});
