/** The candidate operations as tiles to switch on and off, by family, with what they do and cost. */
import { familyOf, opName } from '../../../../core/report/names.ts';
import type { Family } from '../../../../core/report/names.ts';
import { operationCost } from '../../../../core/searchSpace/cost.ts';
import type { PrimitiveId } from '../../../../core/searchSpace/genotype.ts';
import { PRIMITIVES } from '../../../../core/searchSpace/genotype.ts';
import { space } from '../../../texts/space.ts';
import { OperationPicture } from './OperationPicture.tsx';

const ORDER: readonly Family[] = ['separable', 'dilated', 'pooling', 'skip', 'none', 'convolution'];

export function OperationPalette({
  chosen,
  channels,
  onToggle,
}: {
  readonly chosen: readonly PrimitiveId[];
  /** Of the first cell of the network that will be built: what the costs are counted at. */
  readonly channels: number;
  readonly onToggle: (op: PrimitiveId, isOn: boolean) => void;
}) {
  return (
    <div className="op-families">
      {ORDER.map((family) => (
        <fieldset
          className={`op-family f-${family} ${ofFamily(family).length > 1 ? 'many' : ''}`}
          key={family}
        >
          <legend>{space.families[family]}</legend>
          <div className="op-tiles">
            {ofFamily(family).map((op) => (
              <label className="choice op-tile" key={op}>
                <input
                  type="checkbox"
                  checked={chosen.includes(op)}
                  onChange={({ target }) => onToggle(op, target.checked)}
                />
                <OperationPicture op={op} />
                <span className="op-words">
                  <span className="choice-title">{opName(op)}</span>
                  <span className="choice-about">{space.about[op]}</span>
                  <span className="op-cost num">{costOf(op, channels)}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

const ofFamily = (family: Family): readonly PrimitiveId[] =>
  PRIMITIVES.filter((op) => familyOf(op) === family);

function costOf(op: PrimitiveId, channels: number): string {
  const params = (stride: number): number => operationCost(op, channels, stride, 1, { affine: true }).params;
  if (params(1) > 0) return space.weights(params(1));
  return params(2) > 0 ? space.onlyWhenHalving(params(2)) : space.noWeights;
}
