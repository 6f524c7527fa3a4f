import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../../core/config/experimentText.ts';
import { RUN_FORMAT } from '../../../../core/runs/runConfig.ts';
import { LARGEST_FRAME } from '../../../../headless/serve/sockets.ts';
import {
  LARGEST_EXPERIMENT,
  experimentFileName,
  experimentText,
} from '../../../../renderer/pages/guide/experimentFile.ts';

describe('the experiment file of a draft', () => {
  it('is read back as the draft, with its format', () => {
    const config = { name: 'pets', evaluate: [{ epsilon: 8 / 255 }] };
    expect(parseExperiment(experimentText(config), 'file')).toEqual({ format: RUN_FORMAT, ...config });
  });

  it.each([
    ['My pets: 2nd try!', 'My-pets-2nd-try.json'],
    ['Ångström / ε', 'Angstrom-ε.json'],
    ['…', 'experiment.json'],
    ['../../etc/passwd', 'etc-passwd.json'],
  ])('is named so that every system takes it: %s', (name, file) => {
    expect(experimentFileName({ name })).toBe(file);
  });

  it('has a name where the draft has none', () => {
    expect(experimentFileName({})).toBe('experiment.json');
  });

  it('passes to the program as one message, whatever is in it', () => {
    const text = '\0'.repeat(LARGEST_EXPERIMENT);
    const message = {
      type: 'call',
      id: 1e9,
      name: 'readExperiment',
      params: { text, name: 'x'.repeat(255) },
    };
    expect(new TextEncoder().encode(JSON.stringify(message)).length).toBeLessThan(LARGEST_FRAME);
  });
});
