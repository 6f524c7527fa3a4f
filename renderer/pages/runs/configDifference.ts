/** In what the configurations of runs differ. */
import type { RunConfig } from '../../../core/runs/runConfig.ts';

export interface SettingRow {
  /** For example search.epochs. */
  readonly path: string;
  /** One per configuration; undefined where it has no such setting. */
  readonly values: readonly (string | undefined)[];
  readonly isEqual: boolean;
}

/** Every setting of any of the configurations, in order of the first that has it. */
export function compareConfigs(configs: readonly RunConfig[]): readonly SettingRow[] {
  const flat = configs.map((config) => new Map(leaves(config, '')));
  const paths = [...new Set(flat.flatMap((map) => [...map.keys()]))];
  return paths.map((path) => {
    const values = flat.map((map) => map.get(path));
    return { path, values, isEqual: values.every((value) => value === values[0]) };
  });
}

/** Lists and values as JSON; objects are walked into. */
function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(inner, path === '' ? key : `${path}.${key}`),
    );
  }
  return value === undefined ? [] : [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}
