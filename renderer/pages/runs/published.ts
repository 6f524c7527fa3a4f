/**
 * Published results of adversarially trained networks, shown only where threat model and data are the same.
 * All: CIFAR-10, L∞, ε = 8/255, PGD-20. Cell-based and hand-made networks as measured alike by S. Huang, Z. Lu, K. Deb,
 * V. N. Boddeti, Revisiting Residual Networks for Adversarial Robustness (CVPR 2023).
 */

export interface PublishedResult {
  readonly name: string;
  readonly params: number;
  readonly clean: number;
  readonly robust: number;
}

/** What the results below were measured under; steps of the attack as published. */
export const PUBLISHED_THREAT = {
  dataset: 'cifar10',
  imageSize: 32,
  attack: 'pgd',
  norm: 'linf',
  epsilon: 8 / 255,
  steps: 20,
} as const;

/** Of the whole CIFAR-10 test set. */
export const PUBLISHED_IMAGES = 10_000;

export const PUBLISHED: readonly PublishedResult[] = [
  { name: 'RobNet-large-v2', params: 33.3e6, clean: 0.8457, robust: 0.5279 },
  { name: 'RACL', params: 32.5e6, clean: 0.8391, robust: 0.5598 },
  { name: 'AdvRush', params: 32.6e6, clean: 0.8495, robust: 0.5699 },
  { name: 'WRN-28-10', params: 36.5e6, clean: 0.8462, robust: 0.559 },
  { name: 'RobustResNet-A1', params: 19.2e6, clean: 0.8546, robust: 0.5874 },
];
