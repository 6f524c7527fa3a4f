/** `cuda`: sets up the libraries that the executor `onnx-cuda` runs on, or takes them away again. */
import type { Command } from 'commander';
import type { CudaCommandOptions } from '../cudaSetup.ts';
import { printResult } from '../output.ts';

export function add(program: Command): void {
  program
    .command('cuda')
    .description(
      "Set up ONNX Runtime's CUDA provider, for NVIDIA cards; the executor onnx-cuda works after it.",
    )
    .option('--package <file>', 'the package that has it: a file, or an address')
    .option('--feed <address>', 'the index of another feed of packages; else that of NuGet')
    .option('--sha512 <hex>', 'what the package must have; else what the feed states')
    .option('--sha256 <hex>', 'what the package must have')
    .option('--nvidia <folder>', 'libraries of CUDA 12 and cuDNN 9 that are here already')
    .option('--pip', "download NVIDIA's libraries with pip, also where there are some here")
    .option('--python <program>', 'the Python for it; else python3 or python')
    .option('--untried', 'also where no NVIDIA driver is loaded, so that it cannot be tried')
    .option('--undo', 'remove what was set up')
    .option('--json', 'one line of JSON')
    .addHelpText(
      'after',
      `
The package is Microsoft.ML.OnnxRuntime.Gpu.Linux, of the very version of ONNX Runtime that is installed. NVIDIA's
libraries are those that native TensorFlow was set up with, else those of the system, else pip downloads them.
It is put into CELLSMITH_CUDA, else the folder cuda of the home folder; tried in a process of its own first; and
replaces what was set up before only if it works. Ctrl-C stops it; it goes on at the next try. Linux on x64 only.

Examples:
  cellsmith cuda
  cellsmith cuda --package microsoft.ml.onnxruntime.gpu.linux.1.30.0.nupkg
  cellsmith cuda --nvidia /usr/local/cuda/lib64
  cellsmith cuda --undo`,
    )
    .action(async (options: CudaCommandOptions) => {
      const { setUpCudaAsAsked } = await import('../cudaSetup.ts');
      printResult(await setUpCudaAsAsked(options));
    });
}
