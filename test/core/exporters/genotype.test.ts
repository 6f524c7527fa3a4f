import { describe, expect, it } from 'vitest';
import { genotypeExporter } from '../../../core/exporters/genotype/index.ts';
import { printGenotype } from '../../../core/searchSpace/genotypeText.ts';
import { verifyExport } from '../../../core/exporters/verify/exportAndVerify.ts';
import { createVerifyHost } from '../../../headless/host/verifyHost.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import { NETWORKS, trained } from './trainedNetworks.ts';

const input = trained(NETWORKS[0]);
const other = NETWORKS[1].genotype;

async function verdictWith(changed: Readonly<Record<string, string>>, check = input) {
  const files = memoryFiles();
  const { main, files: contents } = await genotypeExporter.export(input);
  for (const [path, content] of Object.entries({ ...contents, ...changed }))
    await files.write(`exports/${path}`, content);
  return verifyExport('genotype', main, files, 'exports', {
    input: check,
    sample: { images: new Float32Array(0), labels: [], count: 0 },
    reference: new Float32Array(0),
    host: createVerifyHost(),
  });
}

describe('the genotype export', () => {
  it('is found in order, wherever it stands', async () => {
    const files = memoryFiles();
    const { files: contents } = await genotypeExporter.export(input);
    expect(Object.keys(contents)).toEqual(['genotype.json', 'genotype.txt']);
    for (const [path, content] of Object.entries(contents)) await files.write(`exports/${path}`, content);
    expect(JSON.parse(await files.readText('exports/genotype.json'))).toEqual(input.genotype);
    expect(await files.readText('exports/genotype.txt')).toBe(`${printGenotype(input.genotype)}\n`);
  });

  it.each([
    ['JSON of another genotype', { 'genotype.json': JSON.stringify(other) }, /genotype\.json holds another/],
    ['text of another genotype', { 'genotype.txt': printGenotype(other) }, /genotype\.txt holds another/],
    ['text that ends early', { 'genotype.txt': printGenotype(input.genotype).slice(0, 40) }, /^failed: /],
    ['JSON that ends early', { 'genotype.json': '{' }, /^failed: /],
  ])('fails its check with %s', async (_, changed, verdict) => {
    const found = await verdictWith(changed);
    expect(found.verified).toBe(false);
    expect(found.verdict).toMatch(verdict);
  });
});
