/** Downloads of published data sets under way: they go on whatever page is open. */
import { create } from 'zustand';
import type { Failure } from '../../core/protocol/values.ts';
import { library } from '../api/services.ts';
import { failureOf } from '../api/useQuery.ts';
import type { Sample } from './pace.ts';
import { withSample } from './pace.ts';

export type Download =
  | { readonly kind: 'running'; readonly samples: readonly Sample[]; readonly total: number }
  | { readonly kind: 'done'; readonly source: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

export const useDownloads = create<Readonly<Record<string, Download>>>()(() => ({}));
const controllers = new Map<string, AbortController>();

/** @param onDone gets the source to use */
export async function startDownload(id: string, onDone: (source: string) => void): Promise<void> {
  if (useDownloads.getState()[id]?.kind === 'running') return;
  const controller = new AbortController();
  controllers.set(id, controller);
  const tell = (download: Download): void => useDownloads.setState({ [id]: download });
  let samples: readonly Sample[] = [];
  tell({ kind: 'running', samples, total: 0 });
  try {
    const { source } = await library.call(
      'fetchData',
      { id },
      {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          samples = withSample(samples, { at: Date.now(), done });
          tell({ kind: 'running', samples, total });
        },
      },
    );
    tell({ kind: 'done', source });
    onDone(source);
  } catch (error) {
    tell({ kind: 'failed', failure: failureOf(error) });
  }
}

export function stopDownload(id: string): void {
  controllers.get(id)?.abort();
}
