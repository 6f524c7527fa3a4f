/** `tensorflow`: sets up the native library that the executor of that name runs on, or takes it away again. */
import type { Command } from 'commander';
import { printResult } from '../output.ts';
import type { TensorflowOptions } from '../tensorflowSetup.ts';

export function add(program: Command): void {
  program
    .command('tensorflow')
    .description(
      'Set up native TensorFlow, for NVIDIA cards or the processor; the executor tensorflow works after it.',
    )
    .option('--cpu', 'for the processor, also where there is an NVIDIA card')
    .option('--gpu', 'for NVIDIA cards, also where no driver is found')
    .option('--installed', "take the TensorFlow of a Python's packages")
    .option('--pip', 'download a wheel, and those of NVIDIA, with pip')
    .option('--python <program>', 'the Python for both; else python3 or python')
    .option(
      '--wheel <files...>',
      'a wheel that is here already, and those of NVIDIA that belong to it; or a folder of them',
    )
    .option('--library <path>', 'a libtensorflow that is here already: the file, or its folder')
    .option(
      '--archive [file]',
      'an archive of libtensorflow: a file, an address, or else the newest that is published',
    )
    .option('--official', "the library of TensorFlow.js' own release (2.9.1, CUDA 11.2)")
    .option(
      '--addon <how>',
      'build, fetch, or the path of tfjs_binding.node; else built where that is possible',
    )
    .option('--sha256 <hex>', 'what the archive or the one wheel must have')
    .option('--undo', 'remove what was set up')
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      `
Without a source, an installed TensorFlow is taken, else pip downloads one, else an archive is downloaded.
It is put into CELLSMITH_TENSORFLOW, else the folder tensorflow of the home folder; tried in a process of its
own first; and replaces what was set up before only if it works. Ctrl-C stops it. Linux only.

Examples:
  cellsmith tensorflow
  cellsmith tensorflow --cpu --pip
  cellsmith tensorflow --library /opt/libtensorflow
  cellsmith tensorflow --undo`,
    )
    .action(async (options: TensorflowOptions) => {
      const { setUpAsAsked } = await import('../tensorflowSetup.ts');
      printResult(await setUpAsAsked(options));
    });
}
