import { describe, expect, it } from 'vitest';
import { chosenAttacks } from '../../../headless/cli/commands/evaluate.ts';

describe('the attacks that evaluate is told', () => {
  it('are those of the run where nothing is said of an attack', () => {
    expect(chosenAttacks({}, undefined)).toBeUndefined();
  });

  it('are one with one radius', () => {
    expect(chosenAttacks({ epsilon: 2 / 255, steps: 5 }, undefined)).toMatchObject([
      { attack: 'pgd', norm: 'linf', epsilon: 2 / 255, steps: 5 },
    ]);
  });

  it('may say of FGSM what it does anyway', () => {
    const chosen = { attack: 'fgsm', epsilon: 2 / 255, steps: 1, restarts: 1, randomStart: false };
    expect(chosenAttacks(chosen, undefined)).toMatchObject([chosen]);
  });

  it('are one for each of several radii, alike in all else, the strongest last', () => {
    const attacks = chosenAttacks({ norm: 'l2', steps: 5 }, '1, 0.25,0,1,1/2');
    expect(attacks?.map(({ epsilon }) => epsilon)).toEqual([0, 0.25, 0.5, 1]);
    expect(new Set(attacks?.map(({ norm, steps }) => `${norm} ${steps}`))).toEqual(new Set(['l2 5']));
  });

  it.each([
    [{}, '1/255,much', /--epsilons has 'much'/],
    [{}, '1/255,', /--epsilons has ''/],
    [{}, '1/255,8', /ε is at most 1 in L∞/],
    [{ epsilon: 0.1 }, '1/255', /both given/],
    [{ attack: 'fgsm', steps: 20 }, undefined, /FGSM is one step .* so --steps would change nothing/],
    [{ attack: 'fgsm', stepSize: 0.1, restarts: 3 }, '1/255', /so --step-size, --restarts would/],
    [{ attack: 'fgsm', randomStart: true }, undefined, /--random-start/],
  ])('are refused: %j with %s', (chosen, epsilons, message) => {
    expect(() => chosenAttacks(chosen, epsilons)).toThrow(message);
  });
});
