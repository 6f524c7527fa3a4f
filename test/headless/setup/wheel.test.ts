/** What is taken out of wheels, and that nothing else and nothing damaged is. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nvidiaRequirements, unpackWheels } from '../../../headless/setup/wheel.ts';
import { extractEntry, listZip } from '../../../headless/setup/zip.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { fakeLibrary, wheelBytes } from '../../helpers/fakeTensorflow.ts';

let folder = '';
let into = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-wheel-'));
  into = join(folder, 'into');
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};
const below = async (path: string): Promise<string[]> =>
  (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();

const LIBRARIES = {
  'tensorflow/libtensorflow_cc.so.2': fakeLibrary(),
  'tensorflow/libtensorflow_framework.so.2': fakeLibrary([]),
};
const TENSORFLOW = {
  ...LIBRARIES,
  'tensorflow/include/tensorflow/c/c_api.h': '// c',
  'tensorflow/include/xla/tsl/c/tsl_status.h': '// status',
  'tensorflow/include/tensorflow/c/../../../../../escaped.h': '// out',
  'tensorflow/include/Eigen/Core.h': '// large',
  'tensorflow/python/pywrap.so': 'python',
};

const SILENT = { onProgress: () => undefined };

describe('a wheel of TensorFlow', () => {
  it('gives its libraries and the headers of its C interface, and those of NVIDIA that come with it', async () => {
    const wheel = await write('tensorflow-2.0-cp311.whl', wheelBytes(TENSORFLOW));
    const cudnn = { 'nvidia/cudnn/lib/libcudnn.so.9': fakeLibrary([]), 'nvidia/cudnn/include/cudnn.h': '' };
    const nvidia = await write('nvidia_cudnn.whl', wheelBytes(cudnn));
    const progress: number[][] = [];
    const found = await unpackWheels([wheel, nvidia], into, {
      onProgress: (_what, ...counts) => progress.push(counts),
    });
    expect(await below(into)).toEqual([
      'deps/lib/libtensorflow_cc.so.2',
      'deps/lib/libtensorflow_framework.so.2',
      'deps/nvidia/cudnn/lib/libcudnn.so.9',
      'include/tensorflow/c/c_api.h',
      'include/xla/tsl/c/tsl_status.h',
    ]);
    expect(found).toEqual({
      source: 'tensorflow-2.0-cp311.whl',
      checkedBy: 'wheel',
      libraries: ['cc', 'framework'].map((name) => join(into, `deps/lib/libtensorflow_${name}.so.2`)),
      headers: join(into, 'include'),
      nvidia: join(into, 'deps/nvidia'),
    });
    expect(await readFile(found.libraries[0])).toEqual(fakeLibrary());
    expect(progress).toHaveLength(5);
  });

  it('is refused where a file is not what its record says, or is not on record', async () => {
    const name = 'tensorflow/libtensorflow_cc.so.2';
    const wheel = await write('a.whl', wheelBytes(TENSORFLOW, { wrong: [name] }));
    const { code, message } = await failure(() => unpackWheels([wheel], into, SILENT));
    expect([code, message]).toEqual([
      'wrong-checksum',
      expect.stringContaining(`${name} in ${wheel} is not`),
    ]);
    const bare = await write('b.whl', zipSync(LIBRARIES));
    expect((await failure(() => unpackWheels([bare], into, SILENT))).code).toBe('wrong-checksum');
  });

  it('is refused where it is of another package, system or processor', async () => {
    const refused = async (files: Record<string, Uint8Array>): Promise<string> => {
      const wheel = await write('other.whl', wheelBytes(files));
      const { code, message } = await failure(() => unpackWheels([wheel], into, SILENT));
      expect(code).toBe('wrong-library');
      return message;
    };
    expect(await refused({ 'numpy/core.so': fakeLibrary() })).toContain(
      'it is not a wheel of TensorFlow for Linux',
    );
    expect(await refused({ 'tensorflow/tensorflow_cc.2.dll': fakeLibrary() })).toContain(
      'not a wheel of TensorFlow',
    );
    const other = process.arch === 'arm64' ? 'x64' : 'arm64';
    const foreign = { ...LIBRARIES, 'tensorflow/libtensorflow_cc.so.2': fakeLibrary(undefined, other) };
    expect(await refused(foreign)).toContain('it is for another processor');
  });

  it('names the libraries of NVIDIA that it wants', async () => {
    const metadata = [
      'Requires-Dist: numpy>=1.26.0',
      'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
      "Requires-Dist: nvidia-nccl-cu12 (<3.0,>=2.27.7) ; extra == 'and-cuda'",
      'Requires-Dist: nvidia-other; extra == "else"',
    ].join('\n');
    const wheel = await write('c.whl', wheelBytes(LIBRARIES, { metadata }));
    expect(await nvidiaRequirements(wheel, folder)).toEqual([
      'nvidia-cublas-cu12<13.0,>=12.5.3.2',
      'nvidia-nccl-cu12<3.0,>=2.27.7',
    ]);
    expect(await nvidiaRequirements(await write('d.whl', zipSync(LIBRARIES)), folder)).toEqual([]);
  });
});

describe('a zip archive', () => {
  const CONTENTS = {
    deflated: Buffer.alloc(70_000, 'abc'),
    empty: Buffer.alloc(0),
    stored: Buffer.from('as it is'),
  };
  const bytes = (): Buffer =>
    Buffer.from(
      zipSync({
        ...CONTENTS,
        stored: [CONTENTS.stored, { level: 0 }],
        empty: [CONTENTS.empty, { level: 0 }],
      }),
    );

  it('is read file by file, packed or not', async () => {
    const path = await write('a.zip', bytes());
    for (const entry of await listZip(path)) {
      const digest = await extractEntry(path, entry, join(into, entry.name));
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(await readFile(join(into, entry.name))).toEqual(CONTENTS[entry.name as keyof typeof CONTENTS]);
    }
  });

  it('is told to be damaged, however it is', async () => {
    const whole = bytes();
    const told = async (damaged: Buffer): Promise<string> => {
      const path = await write('b.zip', damaged);
      const { code, message } = await failure(async () => {
        for (const entry of await listZip(path)) await extractEntry(path, entry, join(into, entry.name));
      });
      expect(code).toBe('bad-archive');
      return message;
    };
    const with32 = (at: number, value: number): Buffer => {
      const copy = Buffer.from(whole);
      copy.writeUInt32LE(value, at);
      return copy;
    };
    const end = whole.lastIndexOf('PK\x05\x06');
    const central = whole.readUInt32LE(end + 16);
    expect(await told(Buffer.from('no archive'))).toContain('its end is missing');
    expect(await told(whole.subarray(0, end))).toContain('its end is missing');
    expect(await told(with32(end + 16, 0xffffffff))).toContain('its list of files is missing');
    expect(await told(with32(end + 16, whole.length))).toContain('its list of files is missing');
    expect(await told(with32(central, 0))).toContain('its list of files is damaged');
    expect(await told(with32(central + 24, 60_000))).toContain('deflated is longer than its list says');
    expect(await told(with32(central + 24, 80_000))).toContain('deflated is cut short');
    expect(await told(with32(0, 0))).toContain('deflated is not where it should be');
    expect(await told(with32(central + 20, 9))).toContain('deflated is damaged');
  });

  it('has to be there', async () => {
    expect((await failure(() => listZip(join(folder, 'none')))).code).toBe('not-found');
  });
});
