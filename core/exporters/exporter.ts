/** What an exporter is: a trained network in, files of one format out, and a check that the files work. */
import type { HostTensors } from '../compute/program.ts';
import type { PixelStatistics } from '../models/skeleton.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import type { Skeleton } from '../searchSpace/space.ts';
import type { VerifyHost } from './verify/host.ts';

/** A trained network with the names of what it tells apart. */
export interface ExportInput {
  /** For people; any text. */
  readonly name: string;
  readonly genotype: Genotype;
  readonly skeleton: Skeleton;
  readonly pixels: PixelStatistics;
  /** By the names that `buildNetwork` declares; those of an auxiliary head are passed over. */
  readonly weights: HostTensors;
  /** `<norm>.mean` and `<norm>.variance` of every normalisation. */
  readonly statistics: HostTensors;
  /** In the order of the logits. */
  readonly classes: readonly string[];
}

/** Files by path relative to the export's own folder. */
export interface ExportedFiles {
  /** The one to open; a key of `files`. */
  readonly main: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** An export as it stands on disk, for reading it again. */
export interface WrittenExport {
  /** Where it stands, for a runtime in a process of its own. */
  readonly root: string;
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
}

/** Images that every format must classify as the network did. */
export interface VerifySample {
  /** [count, H, W, C] float32 row-major, in [0, 1] */
  readonly images: Float32Array;
  /** [count], 0 … classes − 1 */
  readonly labels: ArrayLike<number>;
  readonly count: number;
}

/** What an export is held to. */
export interface ExportCheck {
  readonly input: ExportInput;
  readonly sample: VerifySample;
  /** The network's own logits of the sample, [count, classes]. */
  readonly reference: Float32Array;
  readonly host: VerifyHost;
}

/** What a check found. */
export interface Finding {
  readonly verified: boolean;
  /** By which runtime it is verified, or why it is not. */
  readonly verdict: string;
  readonly maxAbsLogitDifference?: number;
  /** Of the export, on the sample; with a 95 % interval. */
  readonly accuracy?: {
    readonly accuracy: number;
    readonly n: number;
    readonly interval: readonly [number, number];
  };
}

export interface Exporter {
  readonly id: string;
  readonly title: string;
  /** A sentence or two for people: what it is for. */
  readonly description?: string;
  /** @throws CellsmithError `export-weights` where a tensor is missing or of another shape */
  export(input: ExportInput): Promise<ExportedFiles>;
  /** Opens the written files with the format's own runtime. A throw means the same as a negative finding. */
  verify(written: WrittenExport, check: ExportCheck): Promise<Finding>;
}
