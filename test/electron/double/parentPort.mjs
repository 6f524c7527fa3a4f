// Loaded before a utility process's program: gives it `process.parentPort` over the channel of Node's fork.
import { EventEmitter } from 'node:events';

class Port extends EventEmitter {
  #id;
  constructor(id) {
    super();
    this.#id = id;
  }
  postMessage(data) {
    process.send({ port: this.#id, data });
  }
  start() {}
  close() {
    process.send({ port: this.#id, closed: true });
  }
}

const parentPort = Object.assign(new EventEmitter(), { postMessage: (message) => process.send({ message }) });
const ports = new Map();
const early = [];

const receive = ({ message, ports: ids, port, data, closed }) => {
  if (port !== undefined) return ports.get(port)?.emit(closed ? 'close' : 'message', { data, ports: [] });
  ids.forEach((id) => ports.set(id, new Port(id)));
  parentPort.emit('message', { data: message, ports: ids.map((id) => ports.get(id)) });
};
// Messages wait for the program's listener, as Electron's do.
process.on('message', (packet) =>
  parentPort.listenerCount('message') > 0 ? receive(packet) : early.push(packet),
);
parentPort.on('newListener', (name) => {
  if (name === 'message') queueMicrotask(() => early.splice(0).forEach(receive));
});
process.parentPort = parentPort;
