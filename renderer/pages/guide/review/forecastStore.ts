/** The forecast of the draft: made in the background, kept while one moves about, and known to be stale. */
import { create } from 'zustand';
import type { Forecast } from '../../../../core/protocol/forecast.ts';
import type { Progress } from '../../../../core/protocol/rpc.ts';
import type { PlanForecast } from '../../../../core/runs/events.ts';
import type { Failure, Plan } from '../../../../core/protocol/values.ts';
import { host } from '../../../api/services.ts';
import { failureOf } from '../../../api/useQuery.ts';

interface Made {
  readonly key: string;
  readonly forecast: Forecast;
}

interface ForecastStore {
  readonly state:
    | { readonly kind: 'idle' }
    | { readonly kind: 'making'; readonly progress?: Progress }
    | { readonly kind: 'failed'; readonly failure: Failure };
  /** The last one that was made, of whatever settings. */
  readonly made: Made | undefined;
  /** What was asked for last. */
  readonly asked: string | undefined;
}

export const useForecast = create<ForecastStore>()(() => ({
  state: { kind: 'idle' },
  made: undefined,
  asked: undefined,
}));

let running = new AbortController();

/** All that a forecast depends on: the name is not among it. */
export function forecastKey({ config, phases }: Plan): string {
  return JSON.stringify([{ ...config, name: '' }, phases]);
}

export async function makeForecast(plan: Plan): Promise<void> {
  const key = forecastKey(plan);
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const tell = (part: Partial<ForecastStore>): void => {
    if (running.signal === signal) useForecast.setState(part);
  };
  tell({ state: { kind: 'making' }, asked: key });
  try {
    const { config, phases } = plan;
    const forecast = await host.call(
      'forecast',
      { config, phases: [...phases] },
      { signal, onProgress: (progress) => tell({ state: { kind: 'making', progress } }) },
    );
    tell({ state: { kind: 'idle' }, made: { key, forecast } });
  } catch (error) {
    const failure = failureOf(error);
    tell({ state: failure.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', failure } });
  }
}

/** Of exactly this plan, where it was made. */
export function forecastOf(plan: Plan): PlanForecast | undefined {
  const { made } = useForecast.getState();
  if (made === undefined || made.key !== forecastKey(plan)) return undefined;
  const { phases, peakMemoryBytes } = made.forecast;
  return { phases: phases.map(({ phase, seconds }) => ({ phase, seconds })), peakMemoryBytes };
}

/** It would take the processors from what comes next. */
export function stopForecast(): void {
  running.abort();
}
