/** Turns a graph into the files that `tf.loadGraphModel` reads. */
import type { HostTensor } from '../../compute/program.ts';
import type { Graph } from './graph.ts';
import { shapeAttribute } from './graph.ts';

/** What the model takes and gives. */
export interface Signature {
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly output: { readonly name: string; readonly shape: readonly number[] };
}

/** As converters do, so that browsers can cache the parts. */
const SHARD_BYTES = 4 * 2 ** 20;

/** model.json and its weight shards by file name. @param metadata for people; kept as user-defined metadata */
export function modelFiles(
  graph: Graph,
  signature: Signature,
  metadata: Readonly<Record<string, unknown>>,
): Record<string, string | Uint8Array> {
  const weights = [...graph.constants];
  const shards = splitBytes(joinBytes(weights.map(([, { data }]) => data)));
  const paths = shards.map((_, i) => `group1-shard${i + 1}of${shards.length}.bin`);
  const model = {
    format: 'graph-model',
    generatedBy: 'Cellsmith',
    convertedBy: 'Cellsmith',
    modelTopology: { node: graph.nodes, library: {}, versions: { producer: 1575 } },
    signature: {
      inputs: { [signature.input.name]: endpoint(signature.input) },
      outputs: { [signature.output.name]: endpoint(signature.output) },
    },
    userDefinedMetadata: metadata,
    weightsManifest: [
      {
        paths,
        weights: weights.map(([name, { shape, dtype }]: [string, HostTensor]) => ({ name, shape, dtype })),
      },
    ],
  };
  return {
    'model.json': `${JSON.stringify(model)}\n`,
    ...Object.fromEntries(shards.map((bytes, i) => [paths[i], bytes])),
  };
}

function endpoint({ name, shape }: Signature['input']): unknown {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeAttribute(shape).shape };
}

/** The format is little-endian, as every machine that Cellsmith runs on. */
function joinBytes(parts: readonly (Float32Array | Int32Array)[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    joined.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return joined;
}

function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * SHARD_BYTES, (i + 1) * SHARD_BYTES));
}
