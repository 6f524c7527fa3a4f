/** The architecture alone: as JSON, and as the text that DARTS' code prints. */
import { countNetwork } from '../../searchSpace/cost.ts';
import { Genotype } from '../../searchSpace/genotype.ts';
import { parseGenotype, printGenotype } from '../../searchSpace/genotypeText.ts';
import { countParameters, exportedNetwork } from '../exportedNetwork.ts';
import type { ExportCheck, Exporter, Finding, WrittenExport } from '../exporter.ts';

export const genotypeExporter: Exporter = {
  id: 'genotype',
  title: 'Genotype',
  description: 'The architecture without weights, as JSON and as the text that other code for DARTS reads.',
  async export(input) {
    // The weights are not written, but what they do not fit is not the genotype that was trained.
    exportedNetwork(input);
    return {
      main: 'genotype.json',
      files: {
        'genotype.json': `${JSON.stringify(input.genotype, undefined, 2)}\n`,
        'genotype.txt': `${printGenotype(input.genotype)}\n`,
      },
    };
  },
  verify: verifyGenotype,
};

async function verifyGenotype(written: WrittenExport, { input }: ExportCheck): Promise<Finding> {
  const fromJson = Genotype.parse(JSON.parse(await written.readText('genotype.json')));
  const fromText = parseGenotype(await written.readText('genotype.txt'));
  const wanted = printGenotype(input.genotype);
  for (const [file, found] of Object.entries({ 'genotype.json': fromJson, 'genotype.txt': fromText })) {
    if (printGenotype(found) !== wanted)
      return { verified: false, verdict: `failed: ${file} holds another genotype` };
  }
  const trained = countParameters(exportedNetwork(input));
  const { params } = countNetwork(fromJson, input.skeleton);
  if (params !== trained) {
    return {
      verified: false,
      verdict: `failed: its network has ${params.toLocaleString('en')} parameters, the trained one ${trained.toLocaleString('en')}`,
    };
  }
  return {
    verified: true,
    verdict: `verified: both files read back as this genotype, ${params.toLocaleString('en')} parameters`,
  };
}
