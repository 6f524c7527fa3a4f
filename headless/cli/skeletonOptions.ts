/** The options of `cost` and `range` that say which network the cells are stacked into. */
import { z } from 'zod';
import { sectionOptions } from './configOptions.ts';
import type { SchemaOption } from './schemaOptions.ts';

/** Defaults: the evaluation network of DARTS on CIFAR-10. */
export const SkeletonOptions = z.strictObject({
  cells: z.int().min(1).max(1000).default(20).meta({ title: 'Cells' }),
  channels: z
    .int()
    .min(2)
    .max(4096)
    .multipleOf(2)
    .default(36)
    .meta({ title: 'Channels of the first cell', description: 'even' }),
  classes: z.int().min(2).max(100_000).default(10).meta({ title: 'Classes' }),
  imageSize: z.int().min(8).max(4096).default(32).meta({ title: 'Image size', unit: 'pixels' }),
  imageChannels: z.int().min(1).max(16).default(3).meta({ title: 'Image channels' }),
});

export const skeletonOptions = (): readonly SchemaOption[] => sectionOptions(SkeletonOptions);
