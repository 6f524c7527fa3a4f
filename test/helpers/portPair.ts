/** Two ends of a wire within one process: messages pass as JSON, in order, each in a turn of its own. */
import type { Port } from '../../core/protocol/port.ts';
import { portEnd } from '../../core/protocol/portEnd.ts';
import type { PortEnd } from '../../core/protocol/portEnd.ts';

export interface PortPair {
  readonly near: Port;
  readonly far: Port;
  /** Everything that was sent, as its receiver gets it. */
  readonly toFar: unknown[];
  readonly toNear: unknown[];
}

export function portPair(): PortPair {
  const toFar: unknown[] = [];
  const toNear: unknown[] = [];
  const sendTo =
    (other: () => PortEnd, sent: unknown[]) =>
    (message: unknown): void => {
      // What JSON loses is lost here, too.
      const arrived: unknown = JSON.parse(JSON.stringify(message));
      sent.push(arrived);
      queueMicrotask(() => other().receive(arrived));
    };
  const closing = (other: () => PortEnd) => (): void => queueMicrotask(() => other().closed());
  const near: PortEnd = portEnd(
    sendTo(() => far, toFar),
    closing(() => far),
  );
  const far: PortEnd = portEnd(
    sendTo(() => near, toNear),
    closing(() => near),
  );
  return { near: near.port, far: far.port, toFar, toNear };
}
