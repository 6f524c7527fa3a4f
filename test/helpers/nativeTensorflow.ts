/** Tests that need native TensorFlow: run where it was set up, skipped with the reason elsewhere. */
import { beforeEach } from 'vitest';
import { probeExecutor } from '../../headless/host/probe.ts';

const found = await probeExecutor('tensorflow');

/** Undefined where it works. */
export const NO_TENSORFLOW = found.available ? undefined : `no native TensorFlow: ${found.reason}`;

/** To be called in a `describe`. */
export function needsTensorflow(): void {
  beforeEach(({ skip }) => skip(NO_TENSORFLOW !== undefined, NO_TENSORFLOW));
}
