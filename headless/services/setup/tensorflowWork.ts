/** Sets up native TensorFlow for a window. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Download, SetupState } from '../../../core/protocol/setups.ts';
import { systemClock } from '../../host/clock.ts';
import { checkedSetup, readSetup, tensorflowFolder } from '../../host/tensorflow/setup.ts';
import { addonSources, expectAddonPossible, findCompiler, PUBLISHED_ADDON } from '../../setup/addon.ts';
import { NEWEST_VERSION, newestArchive } from '../../setup/archive.ts';
import { givenTensorflow } from '../../setup/given.ts';
import { TENSORFLOW_VERSION } from '../../setup/python.ts';
import { expectTensorflowPossible, setUpTensorflow, undoSetup } from '../../setup/setupTensorflow.ts';
import { hasNvidiaDriver, sourcesOf } from '../../setup/sources.ts';
import type { SetupWork, TryOut } from './setupWork.ts';
import { trialBy } from './setupWork.ts';
import { stateOf } from './stateOf.ts';

/** Roughly: the wheel, with those of NVIDIA for cards. */
const WHEEL_BYTES = { cpu: 270e6, gpu: 3e9 } as const;
const FOR_ARCHIVE = {
  cpu: 'for the processor',
  gpu: 'for NVIDIA cards, which needs CUDA 12 and cuDNN here already',
} as const;
const FOR = { cpu: 'for the processor', gpu: "for NVIDIA cards, with NVIDIA's libraries" } as const;

export function tensorflowWork(tryOut: TryOut | undefined): SetupWork {
  const trial = trialBy(tryOut, 'tensorflow', 'CELLSMITH_TENSORFLOW');
  return {
    async state() {
      const folder = tensorflowFolder();
      const usual = (await hasNvidiaDriver()) ? (['gpu', 'cpu'] as const) : (['cpu', 'gpu'] as const);
      const addon = await addonDownload();
      return stateOf(
        { id: 'tensorflow', folder, kinds: usual.map((kind) => downloads(kind, addon)) },
        async () => {
          await expectTensorflowPossible(folder);
          await expectAddonPossible();
        },
        async () =>
          (await readSetup(folder)) === undefined ? undefined : (await checkedSetup(folder)).setup,
      );
    },
    async setUp({ from, cpu: asked }, watch) {
      const cpu = asked ?? !(await hasNvidiaDriver());
      const skipped: string[] = [];
      try {
        await setUpTensorflow({
          ...watch,
          folder: tensorflowFolder(),
          sources: sourcesOf({ ...(from === undefined ? {} : await givenTensorflow(from)), cpu }),
          onSkipped: (source, { message }) => skipped.push(`${source}: ${message}`),
          now: () => new Date(systemClock.now()).toISOString(),
          trial,
        });
      } catch (error) {
        if (!(error instanceof CellsmithError) || skipped.length === 0 || watch.signal.aborted) throw error;
        // What a person can mend may be the first of the sources, not the last.
        const { code, message, hint } = error;
        throw new CellsmithError(code, `${message} Tried before it: ${skipped.join(' ')}`, hint);
      }
    },
    remove: () => undoSetup(tensorflowFolder()),
  };
}

function downloads(kind: 'cpu' | 'gpu', addon: readonly Download[]): SetupState['kinds'][number] {
  const archive = new URL(newestArchive(kind === 'cpu'));
  return {
    kind,
    needed: [
      {
        what: `TensorFlow ${TENSORFLOW_VERSION} ${FOR[kind]}`,
        from: 'pypi.org',
        bytes: WHEEL_BYTES[kind],
        check: 'pip',
      },
      ...addon,
    ],
    instead:
      process.arch === 'x64'
        ? [
            {
              what: `libtensorflow ${NEWEST_VERSION} ${FOR_ARCHIVE[kind]}`,
              from: archive.host,
              check: 'storage',
            },
          ]
        : [],
  };
}

/** It is compiled where that can be done. */
async function addonDownload(): Promise<readonly Download[]> {
  if (addonSources() !== undefined && (await findCompiler()) !== undefined) return [];
  const { host, pathname } = new URL(PUBLISHED_ADDON);
  return [{ what: `TensorFlow.js' addon ${pathname.split('/').at(-1)}`, from: host, check: 'storage' }];
}
