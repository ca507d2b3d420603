// gpujobs watch GROUP: its members as they go, until the last is over.
import type { Cli } from '../cli';
import { EXIT, type ExitCode } from '../exit-codes';
import { stopOnInterrupt, StoppedWatching } from '../follow/stop';
import { timeOfDay } from '../show/duration';
import { exitCodeOfGroup, followGroup } from './follow-group';
import { groupBoardFor } from './group-board';
import { statesInWords } from './group-in-words';

export async function watchGroup(cli: Cli, id: string): Promise<ExitCode> {
  const board = await groupBoardFor(cli);
  const client = await cli.client(board.say);
  const stop = stopOnInterrupt({
    // A key ends no whole group: `gpujobs cancel` does.
    host: { onInterrupt: cli.host.onInterrupt, onKeys: undefined },
    ask: () => undefined,
    cancel: () => undefined,
  });
  try {
    const { group, jobs } = await followGroup(client, id, board.show, stop.signal);
    board.close();
    if (!cli.json)
      cli.say(`${timeOfDay(cli.host.clock.now())}  ${id}  ${statesInWords(group, cli.paintErr)}`);
    return exitCodeOfGroup(jobs);
  } catch (error) {
    board.close();
    if (!(error instanceof StoppedWatching) && !stop.signal.aborted) throw error;
    cli.say(`Stopped watching; the jobs go on. To end them all: gpujobs cancel ${id}`);
    return EXIT.interrupted;
  } finally {
    stop.dispose();
  }
}
