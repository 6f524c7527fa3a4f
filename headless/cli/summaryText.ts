/** A run's result in words: every figure with its conditions. */
import type { Summary } from '../../core/engine/summary.ts';
import type { Counted, RobustCounted } from '../../core/runs/events.ts';
import { printGenotype } from '../../core/searchSpace/genotypeText.ts';
import { percent } from './progress.ts';

export function summaryText(summary: Summary): string {
  const { params, macs, genotype, clean, attacks = [], baseline, exports = [] } = summary;
  const lines = [
    ...(params === undefined ? [] : [`parameters   ${params.toLocaleString('en')}`]),
    ...(macs === undefined ? [] : [`MACs         ${macs.toLocaleString('en')} per image`]),
    ...(genotype === undefined ? [] : [`genotype     ${printGenotype(genotype)}`]),
    ...(clean === undefined ? [] : [`clean        ${countedText(clean)}`]),
    ...attacks.map((attack) => `robust       ${robustText(attack)}`),
    ...(baseline === undefined ? [] : baselineLines(baseline)),
    ...exports.map(({ format, path, verified, maxAbsLogitDifference }) => {
      const difference =
        maxAbsLogitDifference === undefined
          ? ''
          : `, logits differ by at most ${maxAbsLogitDifference.toExponential(1)}`;
      return `exported     ${format}: ${path} (${verified ? 'verified' : 'not verified'}${difference})`;
    }),
  ];
  return lines.length === 0 ? 'The run has no result yet.' : lines.join('\n');
}

function countedText({ accuracy, n, interval }: Counted): string {
  return `${percent(accuracy)} of ${n} test images (95 %: ${percent(interval[0])} to ${percent(interval[1])})`;
}

function robustText(robust: RobustCounted): string {
  const { attack, norm, epsilon, steps, restarts } = robust;
  return `${countedText(robust)} under ${attackText(attack, norm, epsilon, steps, restarts)}`;
}

export function attackText(
  attack: string,
  norm: string,
  epsilon: number,
  steps: number,
  restarts: number,
): string {
  const name = attack === 'pgd' ? `PGD-${steps}` : attack.toUpperCase();
  const again = attack === 'pgd' ? `, ${restarts} restart${restarts === 1 ? '' : 's'}` : '';
  return `${name}, ${norm === 'linf' ? 'L∞' : 'L2'} ε = ${radiusText(norm, epsilon)}${again}`;
}

/** 8/255 where it is a round number of pixel values. */
function radiusText(norm: string, epsilon: number): string {
  const levels = epsilon * 255;
  const rounded = Math.round(levels * 4) / 4;
  return norm === 'linf' && Math.abs(levels - rounded) < 1e-6 ? `${rounded}/255` : String(epsilon);
}

/** Measured like the network that was found, and told alike. */
function baselineLines({ params, clean, attacks = [] }: NonNullable<Summary['baseline']>): readonly string[] {
  return [
    `random       ${params.toLocaleString('en')} parameters`,
    ...(clean === undefined ? [] : [`  clean      ${countedText(clean)}`]),
    ...attacks.map((attack) => `  robust     ${robustText(attack)}`),
  ];
}
