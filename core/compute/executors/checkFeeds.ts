/** Checks what a program is fed before any runtime sees it. */
import type { HostTensors, Program, TensorSpec } from '../program.ts';
import { sameShape, sizeOf } from '../program.ts';

/** @throws Error naming the first input that is missing or of another shape or type */
export function checkFeeds({ id, inputs }: Pick<Program, 'id' | 'inputs'>, feeds: HostTensors): void {
  for (const [name, spec] of Object.entries(inputs)) {
    const feed = feeds[name];
    if (feed === undefined) throw new Error(`${id}: the input '${name}' is not fed`);
    if (!fits(spec, feed)) {
      throw new Error(`${id}: '${name}' is fed ${described(feed)}, the program takes ${described(spec)}`);
    }
    if (feed.data.length !== sizeOf(spec.shape))
      throw new Error(`${id}: '${name}' has ${feed.data.length} values for ${described(spec)}`);
  }
}

function fits(spec: TensorSpec, feed: TensorSpec): boolean {
  return spec.dtype === feed.dtype && sameShape(spec.shape, feed.shape);
}

function described({ dtype, shape }: TensorSpec): string {
  return `${dtype} [${shape.join(', ')}]`;
}
