/** What executors need of the machine; hosts supply it, since core/ loads no platform code. */
import type { Clock } from '../../base/clock.ts';
import type { OnnxRuntime } from './onnxRuntime.ts';

export interface ExecutorHost {
  readonly clock: Clock;
  readonly cores: number;
  /** The processor, for people. */
  readonly cpuName: string;
  /**
   * @param provider that sessions will ask for, as ONNX Runtime calls it: one may need libraries of its own
   * @throws Error with the reason where the runtime cannot be loaded
   */
  loadOnnxRuntime(provider: string): Promise<OnnxRuntime>;
  /** What WebGPU stands on here: Vulkan, Direct3D 12 or Metal. */
  readonly graphicsName: string;
  /**
   * Loads native TensorFlow, which registers the backend `tensorflow`. @returns the device, for people
   * @param threads for kernels on the processor, 0 = as TensorFlow likes
   */
  loadTensorflow(threads: number): Promise<string>;
  /** Folder of the WebAssembly files of tfjs-backend-wasm, with a slash at its end; registers the backend `wasm`. */
  loadWasm(): Promise<void>;
}
