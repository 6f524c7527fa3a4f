/**
 * Components that are loaded when they are first drawn, or ahead of that. React's own `lazy` shows that it waits even where
 * everything is there already, and then for 300 ms at least, so that nothing flickers: too long for each change of page.
 */
import type { ComponentType, ReactNode } from 'react';
import { useEffect, useState } from 'react';

export interface Loadable<P extends object> {
  (props: P): ReactNode;
  /** Begins to load it. @throws what the loading throws; the next call tries again */
  preload(): Promise<void>;
}

/** @param fallback what stands in its place meanwhile */
export function whenLoaded<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: ReactNode,
): Loadable<P> {
  let loaded: ComponentType<P> | undefined;
  let loading: Promise<void> | undefined;
  const preload = (): Promise<void> =>
    (loading ??= load().then(
      (component) => void (loaded = component),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    ));

  function WhenLoaded(props: P): ReactNode {
    const [Component, setComponent] = useState(() => loaded);
    const [failure, setFailure] = useState<{ readonly error: unknown }>();
    useEffect(() => {
      if (Component !== undefined) return;
      let isGone = false;
      preload().then(
        () => {
          if (!isGone) setComponent(() => loaded);
        },
        (error: unknown) => {
          if (!isGone) setFailure({ error });
        },
      );
      return () => {
        isGone = true;
      };
    }, [Component]);
    // For whoever catches what breaks a page.
    if (failure !== undefined) throw failure.error;
    return Component === undefined ? fallback : <Component {...props} />;
  }
  return Object.assign(WhenLoaded, { preload });
}
