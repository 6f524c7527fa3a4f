/** Setting up native libraries for executors, on the page of this machine. */
import type { Download, SetupId, SetupState } from '../../core/protocol/setups.ts';
import { dateTime } from '../../core/report/format.ts';
import { bytes } from './sizes.ts';

const names: Readonly<Record<SetupId, string>> = {
  'onnx-cuda': 'ONNX Runtime on CUDA',
  tensorflow: 'TensorFlow',
};
const CHECKS: Readonly<Record<Download['check'], string>> = {
  feed: 'held to the SHA-512 that the feed states',
  storage: 'held to the checksum that the storage states, where it states one',
  pip: 'checked by pip, and by the checksums inside',
};

export const setup = {
  title: 'More executors',
  about:
    'Two executors need native libraries that are too large to come with Cellsmith. They are put into a folder of their own, tried in a process of their own, and taken only if they compute the right numbers.',
  reading: 'Looking what is set up …',
  name: (id: SetupId) => names[id],
  purpose: {
    'onnx-cuda': 'Runs the same compiled programs as the default on an NVIDIA card. Linux on x64.',
    tensorflow: 'Runs on an NVIDIA card where there is one, else on the processor. Linux.',
  } satisfies Record<SetupId, string>,
  there: 'Set up',
  notThere: 'Not set up',
  broken: 'To be set up again',
  cannot: 'It cannot be set up here.',
  labels: { source: 'From', size: 'Size', device: 'Tried on', made: 'Set up on', folder: 'Folder' },
  untried: 'not tried yet: there was no driver',
  size: (n: number) => bytes(n),
  made: (at: string) => dateTime(Date.parse(at)),
  open: (id: SetupId) => `Set up ${names[id]} …`,
  openAgain: (id: SetupId) => `Set up ${names[id]} again …`,
  remove: 'Remove …',
  removeOf: (id: SetupId) => `Remove ${names[id]}`,
  removeText: (id: SetupId, folder: string) =>
    `${folder} is deleted with everything set up and downloaded for ${names[id]}. Libraries that are used from another folder stay there. Runs that compute with it now will fail.`,
  removing: 'Removing it …',
  busy: 'Something is being set up or removed.',
  begun: (id: SetupId) => `Setting up ${names[id]}.`,
  starting: 'getting ready',
  worked: (id: SetupId) => `${names[id]} is set up and works. The executors are tried and measured again.`,
  stopped: 'Setting up was stopped. What was downloaded is kept.',
  removed: (id: SetupId) => `${names[id]} was removed.`,
  goesOn: 'It goes on while other pages are open, not once the window is closed.',

  dialog: (id: SetupId) => `Set up ${names[id]}`,
  forWhat: 'For what',
  kinds: { cpu: 'The processor', gpu: 'NVIDIA cards' },
  where: 'Where from',
  download: 'Download',
  downloadAbout: {
    'onnx-cuda': 'The package of the installed version, and what is missing of CUDA.',
    tensorflow: 'Or the TensorFlow of a Python here, where it is installed: that is used where it lies.',
  } satisfies Record<SetupId, string>,
  given: 'A file or folder that is here already',
  givenAbout: {
    'onnx-cuda': 'The package, or a folder with the package, with NVIDIA’s libraries, or both.',
    tensorflow: 'A wheel or a folder of wheels, an archive of libtensorflow, or a folder with the library.',
  } satisfies Record<SetupId, string>,
  path: 'File or folder',
  pathHint: {
    'onnx-cuda': 'Such as microsoft.ml.onnxruntime.gpu.linux.….nupkg. It is not held to a checksum.',
    tensorflow: 'A wheel is held to the checksums inside. A library in a folder is used where it lies.',
  } satisfies Record<SetupId, string>,
  placeholder: '/home/me/Downloads',
  needsPath: 'Name a file or folder first.',
  downloads: 'What is downloaded',
  downloadsToo: 'What is downloaded all the same',
  instead: 'Where there is no Python with pip, in place of the wheel:',
  downloadLine: ({ what, from, bytes: size, check }: Download) =>
    `${what}, ${size === undefined ? '' : `about ${bytes(size)}, `}from ${from}; ${CHECKS[check]}.`,
  putInto: 'It is put into',
  putAbout:
    'About twice the size has to be free there meanwhile. What is there now stays until the new one works.',
  licence: 'Licences',
  licences: (id: SetupId, kind: SetupState['kinds'][number]['kind']) =>
    [
      id === 'tensorflow'
        ? 'TensorFlow is under the Apache License 2.0.'
        : 'ONNX Runtime is under the MIT License.',
      ...(kind === 'gpu'
        ? [
            'NVIDIA’s libraries are under NVIDIA’s own terms (docs.nvidia.com/cuda/eula, and that of cuDNN): who sets them up accepts these.',
          ]
        : []),
    ].join(' '),
  start: 'Set up',
} as const;
