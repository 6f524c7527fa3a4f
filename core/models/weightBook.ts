/** Collects what a model under construction declares: weights, batch statistics, drop-path masks. */
import type { TensorSpec } from '../compute/program.ts';

/** How a weight starts. `conv`: normal, σ = √(2/fan-in); `linear`: uniform within ±1/√fan-in. */
export type WeightInit = 'conv' | 'linear' | 'ones' | 'zeros';

export interface WeightSpec extends TensorSpec {
  readonly name: string;
  readonly init: WeightInit;
}

/** What a model needs besides images, in order of declaration. */
export interface ModelParts {
  readonly weights: readonly WeightSpec[];
  /** Names of normalisations with stored statistics; each means `<name>.mean` and `<name>.variance`, [C]. */
  readonly statistics: readonly { readonly name: string; readonly channels: number }[];
  /** Names of drop-path masks, each [B, 1, 1, 1]. */
  readonly masks: readonly string[];
}

export interface WeightBook extends ModelParts {
  /** Declares a weight and returns its name. */
  weight(name: string, shape: readonly number[], init: WeightInit): string;
  statistic(name: string, channels: number): string;
  mask(name: string): string;
}

/** An empty book; names must be unique, since they are what checkpoints and exports are made of. */
export function createWeightBook(): WeightBook {
  const weights: WeightSpec[] = [];
  const statistics: { name: string; channels: number }[] = [];
  const masks: string[] = [];
  const names = new Set<string>();
  const claim = (name: string): string => {
    if (names.has(name)) throw new Error(`weightBook: '${name}' is declared twice`);
    names.add(name);
    return name;
  };
  return {
    weights,
    statistics,
    masks,
    weight(name, shape, init) {
      weights.push({ name: claim(name), shape, dtype: 'float32', init });
      return name;
    },
    statistic(name, channels) {
      statistics.push({ name: claim(`${name}.statistics`).slice(0, -'.statistics'.length), channels });
      return name;
    },
    mask(name) {
      masks.push(claim(name));
      return name;
    },
  };
}
