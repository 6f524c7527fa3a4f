/** The runtimes that exported files are opened with; a host supplies them. */

/** A model opened by a runtime other than the one that trained it. */
export interface OpenedModel {
  /** For verdicts, for example `onnxruntime-node 1.30.0`. */
  readonly runtime: string;
  /**
   * @param images of `shape`, in the layout of the format
   * @returns logits [B, K] row-major, owned by the caller
   */
  logits(images: Float32Array, shape: readonly number[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** A Python that can import PyTorch. */
export interface PythonRunner {
  /** For verdicts, for example `PyTorch 2.1.0 (/usr/bin/python3)`. */
  readonly runtime: string;
  /**
   * Runs `script` in a process of its own, away from the user's own modules and without leaving caches behind.
   * @param stdin bytes the script reads from its standard input
   */
  run(
    script: string,
    args: readonly string[],
    stdin: Uint8Array,
  ): Promise<{ readonly code: number; readonly stdout: Uint8Array<ArrayBuffer>; readonly stderr: string }>;
}

export interface VerifyHost {
  /** Opens an ONNX model with ONNX Runtime. */
  openOnnx(model: Uint8Array): Promise<OpenedModel>;
  /**
   * Opens a TensorFlow.js graph model.
   * @param modelJson text of model.json
   * @param weights its shards one after the other
   */
  openTfjs(modelJson: string, weights: Uint8Array): Promise<OpenedModel>;
  /** Undefined where there is no Python with PyTorch. */
  findPython(): Promise<PythonRunner | undefined>;
}
