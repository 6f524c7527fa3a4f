/** A cell as the search sees it: every possible edge, each a bundle with a strand for every candidate. */
import { familyOf, stateName } from '../../../../core/report/names.ts';
import type { PrimitiveId } from '../../../../core/searchSpace/genotype.ts';
import type { SearchSpace } from '../../../../core/searchSpace/space.ts';
import { edgeAt, edgeCount } from '../../../../core/searchSpace/topology.ts';
import { space as words } from '../../../texts/space.ts';
import '../../../cells/cells.css';

const GAP = 92;
const LEFT = 46;
const HALF_STATE = 14;
const STRAND = 2.6;

/** Height of an arc over so many states. */
const rise = (states: number): number => 16 + 27 * states;

export function SupernetDrawing({ space }: { readonly space: SearchSpace }) {
  const { nodes, primitives } = space;
  const edges = Array.from({ length: edgeCount(nodes) }, (_, row) => edgeAt(row));
  const bundle = primitives.length * STRAND;
  const above = rise(nodes + 1) + bundle + 12;
  const below = nodes > 1 ? rise(nodes - 1) + bundle + 10 : 26;
  const width = 2 * LEFT + GAP * (nodes + 1);
  const bar = above + Math.max(below, 44);
  return (
    <div className="cell-drawing">
      <svg
        viewBox={`0 0 ${width} ${bar + 34}`}
        style={{ maxWidth: width * 1.15 }}
        role="img"
        aria-label={words.drawing(nodes, edges.length, primitives.length)}
      >
        {Array.from({ length: nodes }, (_, node) => (
          <path key={node} className="trunk" d={`M${xOf(node + 2)} ${above + HALF_STATE}V${bar}`} />
        ))}
        <rect className="state" x={xOf(2) - 24} y={bar} width={GAP * (nodes - 1) + 48} height="24" rx="6" />
        <text
          x={(xOf(2) + xOf(nodes + 1)) / 2}
          y={bar + 16.5}
          textAnchor="middle"
          className="supernet-output"
        >
          {nodes > 1 ? words.output : stateName(2)}
        </text>
        {edges.map(({ node, from }) => (
          <Bundle key={`${node} ${from}`} node={node} from={from} y={above} primitives={primitives} />
        ))}
        {Array.from({ length: nodes + 2 }, (_, state) => (
          <State key={state} state={state} y={above} />
        ))}
      </svg>
    </div>
  );
}

const xOf = (state: number): number => LEFT + state * GAP;

/** From the inputs the strands rise, between nodes they hang: so that few cross. */
function Bundle({
  node,
  from,
  y,
  primitives,
}: {
  readonly node: number;
  readonly from: number;
  readonly y: number;
  readonly primitives: readonly PrimitiveId[];
}) {
  const isInput = from < 2;
  const [x1, x2] = [xOf(from), xOf(node + 2)];
  const states = node + 2 - from;
  return primitives.map((op, i) => {
    const height = rise(states) + i * STRAND - 8;
    return (
      <path
        key={op}
        className={`edge strand f-${familyOf(op)}`}
        d={`M${x1} ${y}A${(x2 - x1) / 2} ${height} 0 0 ${isInput ? 1 : 0} ${x2} ${y}`}
      />
    );
  });
}

function State({ state, y }: { readonly state: number; readonly y: number }) {
  const x = xOf(state);
  const isInput = state < 2;
  return (
    <>
      {isInput ? (
        <rect className="state" x={x - 30} y={y - HALF_STATE} width="60" height={2 * HALF_STATE} rx="6" />
      ) : (
        <circle className="state" cx={x} cy={y} r={HALF_STATE} />
      )}
      <text className="state-name" x={x} y={y + 4.5} textAnchor="middle">
        {isInput ? stateName(state) : state - 2}
      </text>
    </>
  );
}
