/** What the networks of an experiment will be built for: classes and images, as far as they are known. */
import type { DataLook, SeenImages } from '../../core/protocol/libraryApi.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';

export type KnownImages = SeenImages;

/** Sets whose images are the same wherever they lie; the others are looked at. */
const ALWAYS: Readonly<Record<string, KnownImages>> = {
  shapes10: { classes: 10, imageSize: 32, imageChannels: 3 },
  cifar10: { classes: 10, imageSize: 32, imageChannels: 3 },
  cifar100: { classes: 100, imageSize: 32, imageChannels: 3 },
};

/** @returns undefined while nobody has looked at the data and nothing else tells */
export function imageOf(config: RunConfig, look: DataLook | undefined): KnownImages | undefined {
  if (look !== undefined) {
    const [height, width, imageChannels] = look.shape;
    if (height !== width) return undefined;
    return { classes: look.classes.length, imageSize: height, imageChannels };
  }
  const { source, imageSize } = config.data;
  const id = source.split(':', 1)[0].trim();
  if (!Object.hasOwn(ALWAYS, id)) return undefined;
  return { ...ALWAYS[id], ...(imageSize === undefined ? {} : { imageSize }) };
}
