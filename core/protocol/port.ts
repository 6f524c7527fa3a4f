/** The wire between two processes, whatever it is made of: a MessagePort, a WebSocket, a child's channel. */

/** Carries plain data (what survives JSON). Messages arrive in order, or not at all once it is closed. */
export interface Port {
  post(message: unknown): void;
  /** One listener; messages that came before it was set are kept for it. */
  listen(onMessage: (message: unknown) => void): void;
  /** Called once, also when the other end has gone. */
  onClose(listener: () => void): void;
  close(): void;
}
