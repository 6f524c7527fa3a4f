/** What executors need of the machine; hosts supply it, since core/ loads no platform code. */
import type { Clock } from '../../base/clock.ts';
import type { OnnxRuntime } from './onnxRuntime.ts';

/** What an executor computes on. */
export interface Device {
  /** For people. */
  readonly name: string;
  /** Whether it is a graphics card; drivers that draw with the processor are none. */
  readonly isCard: boolean;
}

export interface ExecutorHost {
  readonly clock: Clock;
  /** Processors that this process may use: as many threads are taken where no number is wished. */
  readonly cores: number;
  /** The processor, for people. */
  readonly cpuName: string;
  /**
   * @param provider that sessions will ask for, as ONNX Runtime calls it: one may need libraries of its own
   * @throws Error with the reason where the runtime cannot be loaded
   */
  loadOnnxRuntime(provider: string): Promise<OnnxRuntime>;
  /** What WebGPU computes on. */
  findGraphics(): Promise<Device>;
  /**
   * Loads native TensorFlow, which registers the backend `tensorflow`. @returns its device
   * @param threads for kernels on the processor, 0 = as TensorFlow likes
   */
  loadTensorflow(threads: number): Promise<Device>;
  /** Folder of the WebAssembly files of tfjs-backend-wasm, with a slash at its end; registers the backend `wasm`. */
  loadWasm(): Promise<void>;
}
