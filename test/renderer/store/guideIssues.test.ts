import { describe, expect, it } from 'vitest';
import { issueAt, issuesBelow, stepIssues, stepOf } from '../../../renderer/store/guideIssues.ts';

const issue = (path: string) => ({ path: path === '' ? [] : path.split('.'), message: path, hint: '' });
const checked = {
  ok: false as const,
  issues: ['data.limit', 'evaluate.1.epsilon', 'search.strategy.config.epsilon', 'search.epochs', ''].map(
    issue,
  ),
};
const words = (issues: readonly { readonly message: string }[]) => issues.map(({ message }) => message);

describe('the step of a setting', () => {
  it('is that of the longest beginning of its path', () => {
    expect(stepOf(['search', 'epochs'])).toBe('strategy');
    expect(stepOf(['search', 'budget', 'maxParams'])).toBe('budget');
    expect(stepOf(['search', 'strategy', 'config', 'objectives', '0'])).toBe('budget');
    expect(stepOf(['search', 'strategy', 'config', 'objectivesOther'])).toBe('strategy');
    expect(stepOf(['evaluate', '0'])).toBe('threat');
    expect(stepOf(['retrain', 'recipe', 'config', 'epsilon'])).toBe('threat');
    expect(stepOf(['search', 'strategy', 'config', 'cleanWeight'])).toBe('threat');
    expect(stepOf(['network', 'channels'])).toBe('space');
    expect(stepOf(['network', 'auxiliary'])).toBe('strategy');
  });

  it('is the review for what no other step sets', () => {
    expect([stepOf(['seed']), stepOf([]), stepOf(['exports', '0'])]).toEqual(['review', 'review', 'review']);
  });
});

describe('what is wrong', () => {
  it('is told for a field and those below it', () => {
    expect(words(issuesBelow(checked, ['evaluate']))).toEqual(['evaluate.1.epsilon']);
    expect(words(issuesBelow(checked, ['search']))).toEqual([
      'search.strategy.config.epsilon',
      'search.epochs',
    ]);
    expect(issuesBelow(checked, ['evaluate', '1', 'epsilon', 'x'])).toEqual([]);
    expect(issuesBelow(checked, [])).toHaveLength(5);
  });

  it('is told for one field alone', () => {
    expect(issueAt(checked, ['data'])).toBeUndefined();
    expect(issueAt(checked, ['data', 'limit'])?.message).toBe('data.limit');
  });

  it('belongs to exactly one step', () => {
    const steps = ['data', 'space', 'budget', 'threat', 'strategy', 'review'] as const;
    expect(steps.map((step) => words(stepIssues(checked, step)))).toEqual([
      ['data.limit'],
      [],
      [],
      ['evaluate.1.epsilon', 'search.strategy.config.epsilon'],
      ['search.epochs'],
      [''],
    ]);
  });

  it('is nothing while nothing was checked', () => {
    expect(stepIssues(undefined, 'data')).toEqual([]);
  });
});
