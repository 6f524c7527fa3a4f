/** The library's process: started for the first window, and again for the next where it has ended. */
import { MessageChannelMain, type MessagePortMain } from 'electron';
import { libraryApi } from '../../core/protocol/libraryApi.ts';
import { type Client, connect } from '../../core/protocol/rpc.ts';
import { portOver } from '../ports/messagePort.ts';
import type { UtilityHost, UtilityService } from './utilityHost.ts';

export interface LibraryProcess {
  /** Windows whose library has ended ask again, slower each time: that is all the patience there need be. */
  connectWindow(port: MessagePortMain): void;
  kill(): void;
}

/** @param onStart gets a connection of the main process's own to each library that is started */
export function libraryProcess(
  processes: UtilityHost,
  onStart: (client: Client<typeof libraryApi>) => void,
): LibraryProcess {
  let current: UtilityService | undefined;

  const start = (): UtilityService => {
    const service = processes.fork('library', 'library');
    service.onExit(() => {
      if (current === service) current = undefined;
    });
    const own = new MessageChannelMain();
    service.connectWindow(own.port1);
    onStart(connect(portOver(own.port2), libraryApi));
    return service;
  };
  return {
    connectWindow(port) {
      current ??= start();
      current.connectWindow(port);
    },
    kill: () => current?.kill(),
  };
}
