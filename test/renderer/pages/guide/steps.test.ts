import { describe, expect, it } from 'vitest';
import type { StepProblems } from '../../../../renderer/pages/guide/steps.ts';
import {
  dataProblem,
  isGuideStep,
  stepAfter,
  stepBefore,
  stepState,
} from '../../../../renderer/pages/guide/steps.ts';

const none: StepProblems = { data: [], space: [], budget: [], threat: [], strategy: [], review: [] };
const issue = { path: ['search'], message: 'no', hint: '' };

describe('the state of a step', () => {
  it('is done once visited, and open before', () => {
    expect(stepState('space', none, ['data', 'space']).kind).toBe('done');
    expect(stepState('budget', none, ['data', 'space']).kind).toBe('open');
  });

  it('tells mistakes even of steps that nobody visited', () => {
    expect(stepState('budget', { ...none, budget: [issue, issue] }, [])).toEqual({
      kind: 'problems',
      count: 2,
    });
  });
});

describe('data that could not be read', () => {
  it('is a mistake of the data set, with its remedy', () => {
    expect(dataProblem({ code: 'unreadable-images', message: 'two files', hint: 'skip them' }, 20)).toEqual([
      { path: ['data', 'source'], message: 'two files', hint: 'skip them' },
    ]);
  });

  it.each([
    ['limit-too-small', 'limit'],
    ['test-limit-too-small', 'testLimit'],
    ['image-size-needed', 'imageSize'],
    ['too-many-pixels', 'imageSize'],
  ])('is a mistake of the setting that it is about: %s', (code, setting) => {
    expect(dataProblem({ code, message: 'no', hint: 'so' }, 20)).toEqual([
      { path: ['data', setting], message: 'no', hint: 'so' },
    ]);
  });

  it('is one of the limit where that leaves a class too few', () => {
    const failure = { code: 'class-too-small', message: 'no', hint: 'so' };
    expect(dataProblem(failure, 15)[0].path).toEqual(['data', 'limit']);
    expect(dataProblem(failure, undefined)[0].path).toEqual(['data', 'source']);
  });

  it('is none where a person stopped the reading, or the connection was lost', () => {
    expect(dataProblem({ code: 'cancelled', message: '', hint: '' }, undefined)).toEqual([]);
    expect(dataProblem({ code: 'disconnected', message: '', hint: '' }, undefined)).toEqual([]);
  });
});

describe('the order of the steps', () => {
  it('has a beginning and an end', () => {
    expect([stepBefore('data'), stepAfter('data')]).toEqual([undefined, 'space']);
    expect([stepBefore('review'), stepAfter('review')]).toEqual(['strategy', undefined]);
    expect([isGuideStep('threat'), isGuideStep('thread')]).toEqual([true, false]);
  });
});
