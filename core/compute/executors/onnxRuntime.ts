/** What is used of ONNX Runtime, so that hosts can supply the build that their machine has. */

export interface OnnxTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
  dispose?(): void;
}

export interface OnnxSession {
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

export interface OnnxRuntime {
  readonly version: string;
  /** Execution providers that it was built with, as it calls them. */
  readonly providers: readonly string[];
  tensor(type: 'float32' | 'int32', data: Float32Array | Int32Array, dims: readonly number[]): OnnxTensor;
  session(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<OnnxSession>;
}
