/** Electron's message ports within one process: cloned messages, in order, held back until `start`. */
import { EventEmitter } from 'node:events';

export class PortDouble extends EventEmitter {
  #peer: PortDouble | undefined;
  #queue: { data: unknown; ports: readonly PortDouble[] }[] = [];
  #started = false;
  #open = true;

  join(peer: PortDouble): void {
    this.#peer = peer;
  }

  postMessage(message: unknown, transfer: readonly PortDouble[] = []): void {
    if (this.#open) this.#peer?.receive({ data: structuredClone(message), ports: transfer });
  }

  start(): void {
    this.#started = true;
    this.#deliver();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const peer = this.#peer;
    setImmediate(() => peer?.lose());
  }

  receive(event: { data: unknown; ports: readonly PortDouble[] }): void {
    this.#queue.push(event);
    setImmediate(() => this.#deliver());
  }

  /** The other end has gone. */
  lose(): void {
    if (!this.#open) return;
    this.#deliver();
    this.#open = false;
    this.emit('close');
  }

  #deliver(): void {
    while (this.#started && this.#open && this.#queue.length > 0) this.emit('message', this.#queue.shift());
  }
}

export class ChannelDouble {
  readonly port1 = new PortDouble();
  readonly port2 = new PortDouble();

  constructor() {
    this.port1.join(this.port2);
    this.port2.join(this.port1);
  }
}
