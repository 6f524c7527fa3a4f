/** Whether the window is connected, and to what. */
import { create } from 'zustand';
import type { Hello } from '../../core/protocol/hostApi.ts';

export type ConnectionStatus = 'connecting' | 'open' | 'lost';

interface Connection {
  readonly status: ConnectionStatus;
  /** Of the latest connection. */
  readonly hello?: Hello;
  /** Counts connections, so that what was asked of an earlier one is asked again. */
  readonly count: number;
  opened(hello: Hello): void;
  lost(): void;
}

export const useConnection = create<Connection>()((set) => ({
  status: 'connecting',
  count: 0,
  opened: (hello) => set(({ count }) => ({ status: 'open', hello, count: count + 1 })),
  // A window that never was connected is still connecting.
  lost: () => set(({ count }) => ({ status: count === 0 ? 'connecting' : 'lost' })),
}));

/** Runs now if connected, and at every connection. @returns stops it */
export function atEachConnection(act: (hello: Hello) => void): () => void {
  const { status, hello } = useConnection.getState();
  if (status === 'open' && hello !== undefined) act(hello);
  return useConnection.subscribe((now, before) => {
    if (now.count !== before.count && now.hello !== undefined) act(now.hello);
  });
}
