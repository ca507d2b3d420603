// --wait and --follow: shows a job until it is over, sums up, and says what to exit with.
import type { JobView } from '../../api/jobs';
import { messageOf } from '../../domain/errors';
import type { Cli } from '../cli';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes';
import { summaryLines } from '../show/summary';
import { followJob } from './follow-job';
import { createJsonScreen } from './json-screen';
import { createLiveScreen } from './live-screen';
import { createPlainScreen } from './plain-screen';
import type { Screen } from './screen';
import { stopOnInterrupt, StoppedWatching } from './stop';

export interface FollowToEndOptions {
  readonly withLog: boolean;
}

/** The job's own exit code where it has one (exit-codes.ts). Ctrl-C may cancel the job, or leave it running. */
export async function followToEnd(cli: Cli, id: string, { withLog }: FollowToEndOptions): Promise<ExitCode> {
  const screen = await screenFor(cli, withLog);
  const client = await cli.client(screen.say);
  const stop = stopOnInterrupt({
    host: cli.host,
    ask: screen.ask,
    cancel: () => {
      screen.say('Asking for the job to be canceled…');
      client.jobs
        .cancel(id)
        .catch((error: unknown) => screen.say(`It could not be canceled: ${messageOf(error)}`));
    },
  });
  try {
    const job = await followJob(client, id, screen, {
      withLog,
      refreshMs: screen.refreshMs,
      signal: stop.signal,
    });
    screen.close();
    return ended(cli, job, withLog);
  } catch (error) {
    screen.close();
    if (!(error instanceof StoppedWatching)) throw error;
    cli.say(
      `Stopped watching; the job goes on. To watch it again: gpujobs logs -f ${id}; to end it: gpujobs cancel ${id}`,
    );
    return EXIT.interrupted;
  } finally {
    stop.dispose();
  }
}

async function screenFor(cli: Cli, withLog: boolean): Promise<Screen> {
  if (cli.json) return withLog ? createJsonScreen(cli) : SILENT;
  if (cli.host.live === undefined) return createPlainScreen(cli, { withLog });
  const hint = cli.host.onKeys === undefined ? 'Ctrl-C stops watching' : 'Ctrl-C to cancel or stop watching';
  return createLiveScreen(cli, await cli.host.live(), { hint });
}

/** With --wait the one thing printed is the job as it ended. */
const SILENT: Screen = {
  onJob: () => undefined,
  say: () => undefined,
  ask: () => undefined,
  close: () => undefined,
};

function ended(cli: Cli, job: JobView, withLog: boolean): ExitCode {
  if (!cli.json) for (const line of summaryLines(job, cli.paintErr, cli.host.clock.now())) cli.say(line);
  else if (!withLog) cli.printJson(job);
  return exitCodeOf(job);
}
