/** The host's answers to one window: runs by way of the keeper, the rest by what the program around it can do. */
import type { Hello, MenuChoice } from '../../../core/protocol/hostApi.ts';
import { hostApi } from '../../../core/protocol/hostApi.ts';
import type { Port } from '../../../core/protocol/port.ts';
import type { Handlers } from '../../../core/protocol/rpc.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import type { Keeper } from './keeper.ts';

/** What differs between a desktop and a browser. */
export type HostActions = Pick<
  Handlers<typeof hostApi>,
  'chooseFolder' | 'reveal' | 'openExternal' | 'graphics' | 'setTheme'
>;

/** @returns stops listening */
export type OnMenu = (listener: (choice: MenuChoice) => void) => () => void;

/**
 * Serves a window until its port closes.
 * @param onMenu the menu of the program around the window, where it has one
 */
export function serveHost(
  port: Port,
  keeper: Keeper,
  hello: Hello,
  actions: HostActions,
  onMenu?: OnMenu,
): void {
  const server = serve(port, hostApi, {
    hello: () => hello,
    processes: () => keeper.processes(),
    startRun: async ({ plan }) => ({ runId: await keeper.startRun(plan) }),
    extendRun: ({ runId, plan }) => keeper.extendRun(runId, plan),
    resumeRun: ({ runId }) => keeper.resumeRun(runId),
    wish: ({ runId, wish }) => keeper.wish(runId, wish),
    forecast: (plan, context) => keeper.forecast(plan, context),
    ...actions,
  });
  const stops = [
    keeper.onProcess((process) => server.emit('process', process)),
    onMenu?.((choice) => server.emit('menu', choice)),
  ];
  void server.closed.then(() => stops.forEach((stop) => stop?.()));
}
