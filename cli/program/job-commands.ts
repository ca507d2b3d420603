// The commands about jobs.
import { type Command, Option } from 'commander';

import type { CancelFlags } from '../commands/cancel';
import type { ConvertFlags } from '../commands/convert';
import type { ListFlags } from '../commands/list';
import type { LogsFlags } from '../commands/logs';
import type { OutputsFlags } from '../commands/outputs';
import type { ResubmitFlags } from '../commands/resubmit';
import type { ShowFlags } from '../commands/show';
import type { SubmitFlags } from '../commands/submit';
import type { WaitFlags } from '../commands/wait';
import type { WatchFlags } from '../commands/watch';
import { load } from '../load';
import { collect, collectList, countingNumber, endState, seconds, wholeNumber } from './option-parsers';
import type { Run } from './run';
import { withDocumentOptions, withFollowOptions, withSpecOptions } from './spec-options';

/** How commands that only read take a job. */
const JOB = 'an id or the beginning of one, or a name, which means its newest job';

export function registerJobCommands(program: Command, run: Run): void {
  const submit = program
    .command('submit')
    .usage('[options] FILE|- [-- COMMAND...]\n       gpujobs submit [options] --image IMAGE [-- COMMAND...]')
    .description(
      'Submit a job: a document in any format (- reads standard input), or what --image says; options count before the document',
    )
    .argument('[operands...]', 'FILE or -; behind --: the command to run');
  withFollowOptions(withDocumentOptions(withSpecOptions(submit)))
    .option('--array <indexes>', 'a group of jobs, one for each index: 0-9, 0-9:3 (every third) or 1,4,7')
    .option('--matrix <name=values>', 'one for each combination of values: lr=0.1,0.01 (repeat)', collect)
    .option('--at-once <count>', 'how many of the group run at once', countingNumber)
    .option('--idempotency-key <key>', 'the same key and spec make one job, however often it is submitted')
    .action((operands: string[], flags: SubmitFlags) =>
      run((cli) => load.submit().submit(cli, operands, flags)),
    );

  withFilterOptions(program.command('list').description('List jobs, newest first'))
    .option('--group <id>', 'the members of this group, by their indexes')
    .option('--limit <count>', 'how many; default: 50, of a group all', countingNumber)
    .action((flags: ListFlags) => run((cli) => load.list().list(cli, flags)));

  program
    .command('show')
    .description('Show one job: state, times, attempts, cost, spec; or a group: how many are in which state')
    .argument('<job>', `${JOB}; or a group's id`)
    .option('--spec', 'its spec alone, as a file to submit again: YAML, or JSON with --output json')
    .action((id: string, flags: ShowFlags) => run((cli) => load.show().show(cli, id, flags)));

  withFilterOptions(
    program.command('watch').description('Watch jobs go: these until they are over, or the newest ones'),
  )
    .argument('[jobs...]', `${JOB}; or one group's id`)
    .option('--limit <count>', 'how many of the newest', countingNumber, 20)
    .action((ids: string[], flags: WatchFlags) => run((cli) => load.watch().watch(cli, ids, flags)));

  program
    .command('wait')
    .description(
      "Wait until jobs are over; exit with the job's exit code, of several with the first that is not 0, of a group with the highest",
    )
    .argument('<jobs...>', `${JOB}; or groups' ids`)
    .option('--timeout <time>', 'wait no longer: 90s, 30m, 12h, 2d; then exit with 123', seconds)
    .action((jobs: string[], flags: WaitFlags) => run((cli) => load.wait().wait(cli, jobs, flags)));

  program
    .command('logs')
    .description("Print a job's log; what is missing of it is told on standard error")
    .argument('<job>', `${JOB}; or a group's id: each line behind its member's index`)
    .option('--index <index>', 'of a group: this member alone', wholeNumber)
    .option('-f, --follow', 'go on until it ends')
    .option('--attempt <number>', 'default: the latest', countingNumber)
    .option(
      '--generation <number>',
      'default: the whole log where it is complete; 1: as it was shown while the program ran',
      countingNumber,
    )
    .option('--tail <lines>', 'the last lines only', wholeNumber)
    .option('--since <when>', 'refused: when a line was printed is kept nowhere')
    .option('--timestamps', 'refused, for the same reason')
    .action((id: string, flags: LogsFlags) => run((cli) => load.logs().logs(cli, id, flags)));

  program
    .command('outputs')
    .description('List what an attempt of a job left in its outputs, or download it')
    .argument('<job>', JOB)
    .option('--attempt <number>', 'default: the latest', countingNumber)
    .addOption(
      new Option('--late', 'instead: what changed there after the attempt had settled').conflicts('download'),
    )
    .option('--download <folder>', 'bring the files into this folder; again: go on where it was cut off')
    .action((id: string, flags: OutputsFlags) => run((cli) => load.outputs().outputs(cli, id, flags)));

  const cancel = program
    .command('cancel')
    .description('End jobs, in whatever state they are')
    .argument('[jobs...]', "whole ids, groups' too, or names that one job has")
    .option('--all', 'every job that is not over');
  withFilterOptions(cancel).action((ids: string[], flags: CancelFlags) =>
    run((cli) => load.cancel().cancel(cli, ids, flags)),
  );

  const resubmit = program
    .command('resubmit')
    .usage('[options] ID... [-- COMMAND...]\n       gpujobs resubmit [options] --state STATE [-- COMMAND...]')
    .description('Make new jobs from those that are over; options say what of the spec is to be otherwise')
    .argument('[operands...]', 'whole ids, or names that one job has; behind --: the command to run');
  withFollowOptions(withSpecOptions(resubmit))
    .addOption(
      new Option('--state <state>', 'all that ended so; --label then says which of them')
        .choices(['Failed', 'Rejected', 'TimedOut', 'Canceled'])
        .argParser(endState),
    )
    .option('--since <when>', 'with --state: only submitted since: an instant, or 90m, 2h, 3d ago')
    .option('--until <when>', 'with --state: only submitted before')
    .option('--idempotency-key <key>', 'the same key makes the same jobs')
    .action((operands: string[], flags: ResubmitFlags) =>
      run((cli) => load.resubmit().resubmit(cli, operands, flags)),
    );

  withDocumentOptions(
    program.command('convert').description('Show what a document says as a native spec; needs no deployment'),
  )
    .argument('<file>', 'a document in any format; - reads standard input')
    .addOption(
      new Option('--to <form>', 'native and json: a spec in JSON; k8s: the manifest of a Kubernetes Job')
        .choices(['native', 'json', 'yaml', 'k8s'])
        .default('native'),
    )
    .action((file: string, flags: ConvertFlags) => run((cli) => load.convert().convert(cli, file, flags)));
}

/** Everything that is given must fit. */
function withFilterOptions(command: Command): Command {
  return command
    .option('--state <states>', 'in one of these states, in any case: failed,timedout (repeat)', collectList)
    .option('--label <name=value>', 'with all of these labels (repeat)', collect)
    .option('--schedule <name>', 'made by this schedule')
    .option('--name <name>', 'of this name')
    .option('--placement <names>', 'whose latest attempt is at one of these (repeat)', collectList)
    .option('--since <when>', 'submitted since: an instant, or 90m, 2h, 3d ago')
    .option('--until <when>', 'submitted before');
}
