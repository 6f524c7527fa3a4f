/** Sets up ONNX Runtime's CUDA provider for a window. */
import { systemClock } from '../../host/clock.ts';
import { installedRuntime } from '../../host/cuda/load.ts';
import { checkedCudaSetup, cudaFolder, readCudaSetup } from '../../host/cuda/setup.ts';
import { cudaPackage } from '../../setup/cudaPackage.ts';
import { givenCuda } from '../../setup/given.ts';
import { expectCudaPossible, setUpCuda, undoCuda } from '../../setup/setupCuda.ts';
import type { SetupWork, TryOut } from './setupWork.ts';
import { trialBy } from './setupWork.ts';
import { stateOf } from './stateOf.ts';

/** Wheels of CUDA 12 and cuDNN 9, of those that are not here; roughly. */
const NVIDIA_BYTES = 1.6e9;

export function cudaWork(tryOut: TryOut | undefined): SetupWork {
  const trial = trialBy(tryOut, 'onnx-cuda', 'CELLSMITH_CUDA');
  return {
    state() {
      const { name, version, feed } = cudaPackage();
      const folder = cudaFolder();
      return stateOf(
        {
          id: 'onnx-cuda',
          folder,
          kinds: [
            {
              kind: 'gpu',
              needed: [
                { what: `${name} ${version}`, from: new URL(feed).host, check: 'feed' },
                {
                  what: "NVIDIA's libraries of CUDA 12 and cuDNN 9, those that are not here",
                  from: 'pypi.org',
                  bytes: NVIDIA_BYTES,
                  check: 'pip',
                },
              ],
              instead: [],
            },
          ],
        },
        () => expectCudaPossible(folder),
        async () => {
          const setup = await readCudaSetup(folder);
          return setup === undefined ? undefined : checkedCudaSetup(folder, installedRuntime().version);
        },
      );
    },
    async setUp({ from }, watch) {
      await setUpCuda({
        ...(from === undefined ? {} : await givenCuda(from)),
        ...watch,
        folder: cudaFolder(),
        now: () => new Date(systemClock.now()).toISOString(),
        trial,
      });
    },
    remove: () => undoCuda(cudaFolder()),
  };
}
