/** The gradient of the validation loss in the alphas: at the weights as they are, or unrolled by one step. */
import { hessianVectorProduct } from '../../bilevel/hessianVectorProduct.ts';
import type { BilevelMachine } from '../../bilevel/machine.ts';
import type { BilevelSettings } from '../../bilevel/settings.ts';
import { virtualStep } from '../../bilevel/virtualStep.ts';
import type { HostTensor } from '../../compute/program.ts';
import { addScaled } from '../../models/weights.ts';
import type { Batch } from '../../training/batch.ts';

/**
 * First order: ∇_α L_val(w, α). Second order:
 *
 *     dα = ∇_α L_val(w', α) − ξ · ∇²_{α,w} L_train(w, α) · ∇_{w'} L_val(w', α)          Liu et al. 2019, eq. 7
 *
 * @returns the gradient by name [E, K], and loss and accuracy on the validation batch where it was taken
 */
export async function dartsAlphaGradient(
  machine: BilevelMachine,
  settings: BilevelSettings,
  train: Batch,
  validation: Batch,
): Promise<{ gradient: Record<string, HostTensor>; loss: number; accuracy: number }> {
  const { session, weights, alphas, learningRate } = machine;
  if (settings.order === 'first') {
    const pass = await session.pass('alphas', machine, validation);
    return { gradient: pass.alphas, loss: pass.loss, accuracy: pass.correct / pass.count };
  }
  const here = await session.pass('weights', machine, train);
  const unrolled = virtualStep(weights, here.weights, machine.momentum, {
    learningRate,
    momentum: settings.momentum,
    weightDecay: settings.weightDecay,
  });
  const there = await session.pass('both', { weights: unrolled, alphas }, validation);
  const implicit = await hessianVectorProduct(
    weights,
    there.weights,
    async (perturbed) => (await session.pass('alphas', { weights: perturbed, alphas }, train)).alphas,
    settings.hvpScale,
  );
  return {
    gradient: addScaled(there.alphas, implicit, -learningRate),
    loss: there.loss,
    accuracy: there.correct / there.count,
  };
}
