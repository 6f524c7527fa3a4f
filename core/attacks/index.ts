/** The attacks that measure robustness. */
import { registry } from '../base/registry.ts';
import type { Attack } from './attack.ts';
import { fgsm } from './fgsm.ts';
import { pgd } from './pgd.ts';

export const attacks = registry<Attack>('attack', [fgsm, pgd]);
