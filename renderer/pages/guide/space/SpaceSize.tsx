/** How large the space is and what its supernet takes, recounted while one chooses. */
import { useMemo } from 'react';
import { compact, count } from '../../../../core/report/format.ts';
import { CellsmithError } from '../../../../core/base/errors.ts';
import type { SearchSpace } from '../../../../core/searchSpace/space.ts';
import { edgeCount } from '../../../../core/searchSpace/topology.ts';
import { space as words } from '../../../texts/space.ts';
import { Facts } from '../../../ui/feedback.tsx';
import { Term } from '../../../ui/Term.tsx';
import type { DraftPlan } from './plan.ts';
import { alphaCount, betaCount, genotypeCount, powerOfTen, supernetFacts } from './spaceFacts.ts';
import type { SupernetFacts } from './spaceFacts.ts';
import { bytes } from './bytes.ts';

export function SpaceSize({ plan, space }: { readonly plan: DraftPlan; readonly space: SearchSpace }) {
  const { supernet, batchSize } = plan;
  const genotypes = useMemo(() => genotypeCount(space), [space]);
  const facts = useMemo(() => factsOf(plan, space), [plan, space]);
  const betas = supernet === undefined ? 0 : betaCount(space, supernet);
  const digits = genotypes.toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return (
    <section className="stack tight" aria-label={words.size} aria-live="polite">
      <h3>{words.size}</h3>
      <div className="space-headline">
        <span className="space-count num">{words.about10(powerOfTen(genotypes))}</span>
        <span className="small soft num">{words.exactly(digits)}</span>
      </div>
      <Facts
        items={[
          [
            <Term id="edge" key="edges">
              {words.edges}
            </Term>,
            words.edgesValue(edgeCount(space.nodes), space.primitives.length),
          ],
          [
            <Term id="alphas" key="alphas">
              {words.alphas}
            </Term>,
            count(alphaCount(space)),
          ],
          ...(betas === 0
            ? []
            : [
                [
                  <Term id="betas" key="betas">
                    {words.betas}
                  </Term>,
                  count(betas),
                ] as const,
              ]),
          ...(facts === undefined
            ? []
            : [
                [
                  <Term id="supernet" key="supernet">
                    {words.supernetParams}
                  </Term>,
                  compact(facts.params),
                ] as const,
                [words.memory, bytes(facts.weightBytes + facts.featureBytes)] as const,
              ]),
        ]}
      />
      {facts !== undefined && supernet !== undefined && batchSize !== undefined && (
        <p className="small soft num">
          {words.memoryAbout(bytes(facts.weightBytes), bytes(facts.featureBytes), batchSize)}
        </p>
      )}
      {!plan.isImageKnown && (
        <p className="small soft">{words.assumed(plan.image.classes, plan.image.imageSize)}</p>
      )}
    </section>
  );
}

/** Nothing where images cannot be halved, which is told where the networks are drawn. */
function factsOf({ supernet, batchSize }: DraftPlan, space: SearchSpace): SupernetFacts | undefined {
  if (supernet === undefined || batchSize === undefined) return undefined;
  try {
    return supernetFacts(space, supernet, batchSize);
  } catch (error) {
    if (error instanceof CellsmithError) return undefined;
    throw error;
  }
}
