/** The runtimes that exports are checked with, on this computer. */
import type { PythonRunner, VerifyHost } from '../../core/exporters/verify/host.ts';
import { findPython } from './verifyPython.ts';

/** Runtimes are loaded when first needed: a search exports nothing. */
export function createVerifyHost(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): VerifyHost {
  let python: Promise<PythonRunner | undefined> | undefined;
  return {
    openOnnx: async (model) => (await import('./verifyOnnx.ts')).openOnnx(model),
    openTfjs: async (modelJson, weights) => (await import('./verifyTfjs.ts')).openTfjs(modelJson, weights),
    findPython: () => (python ??= findPython(environment)),
  };
}
