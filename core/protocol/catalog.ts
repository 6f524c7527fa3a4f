/** Everything that can be chosen, as plain data: forms, names and sources are drawn from it. Tensor-free. */
import { z } from 'zod';

/** JSON Schema of a registry entry's settings, as `z.toJSONSchema(schema, { io: 'input' })` makes it, with `unit`. */
export const SettingsSchema = z.record(z.string(), z.unknown());
export type SettingsSchema = z.infer<typeof SettingsSchema>;

export const CatalogEntry = z.object({
  id: z.string(),
  title: z.string(),
  /** A sentence or two: what it is for. */
  description: z.string().optional(),
  /** Paper or documentation. */
  source: z.string().optional(),
  settings: SettingsSchema,
});
export type CatalogEntry = z.infer<typeof CatalogEntry>;

export const CatalogDataset = z.object({
  id: z.string(),
  title: z.string(),
  path: z.object({ needed: z.boolean(), description: z.string() }),
  /** Present where it can be downloaded. */
  download: z.object({ bytes: z.number(), homepage: z.string() }).optional(),
});
export type CatalogDataset = z.infer<typeof CatalogDataset>;

export const CatalogPreset = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** A `RunConfigInput`. */
  config: z.record(z.string(), z.unknown()),
  phases: z.array(z.string()),
  /** The data set it is about, where its configuration does not say so because that has to be fetched first. */
  dataset: z.string().optional(),
});
export type CatalogPreset = z.infer<typeof CatalogPreset>;

export const Catalog = z.object({
  strategies: z.array(CatalogEntry),
  objectives: z.array(CatalogEntry),
  attacks: z.array(CatalogEntry),
  recipes: z.array(CatalogEntry),
  balancers: z.array(CatalogEntry),
  exporters: z.array(CatalogEntry),
  /** `takesThreads`: it computes with as many threads as are wished. */
  executors: z.array(CatalogEntry.extend({ takesThreads: z.boolean() })),
  datasets: z.array(CatalogDataset),
  presets: z.array(CatalogPreset),
  /** JSON Schema of the whole run configuration. */
  runConfig: SettingsSchema,
});
export type Catalog = z.infer<typeof Catalog>;
