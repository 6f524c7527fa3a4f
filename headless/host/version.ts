/** Versions for the record: of this program, and of what computes. */
import { readFileSync } from 'node:fs';

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest;

export const APP_VERSION = manifest.version;

/** Node and the packages that results depend on. */
export const VERSIONS: Readonly<Record<string, string>> = {
  node: process.versions.node,
  '@tensorflow/tfjs': manifest.dependencies['@tensorflow/tfjs'],
  'onnxruntime-node': manifest.dependencies['onnxruntime-node'],
};
