/** Set-ups that set nothing up: a test says when they go on. */
import type { SetUpParams, SetupId, SetupState } from '../../../../core/protocol/setups.ts';
import type { Deferred } from '../../../../headless/services/deferred.ts';
import { deferred } from '../../../../headless/services/deferred.ts';
import type { SetupWork, SetupWorks, Watch } from '../../../../headless/services/setup/setupWork.ts';

export interface StandIn extends SetupWork {
  /** Those that were begun. */
  readonly begun: { readonly params: SetUpParams; readonly watch: Watch; readonly end: Deferred<void> }[];
  isThere: boolean;
}

export const stateOf = (id: SetupId, isThere = false): SetupState => ({
  id,
  folder: `/home/${id}`,
  kinds: [{ kind: 'cpu', needed: [], instead: [] }],
  ...(isThere ? { present: { source: 'a wheel', bytes: 7, madeAt: '2026-01-01T00:00:00.000Z' } } : {}),
});

function standIn(id: SetupId): StandIn {
  const work: StandIn = {
    begun: [],
    isThere: false,
    state: () => Promise.resolve(stateOf(id, work.isThere)),
    async setUp(params, watch) {
      const end = deferred();
      work.begun.push({ params, watch, end });
      await end.promise;
      work.isThere = true;
    },
    remove() {
      const was = work.isThere;
      work.isThere = false;
      return Promise.resolve(was);
    },
  };
  return work;
}

export const standInWorks = () =>
  ({ 'onnx-cuda': standIn('onnx-cuda'), tensorflow: standIn('tensorflow') }) satisfies SetupWorks;
