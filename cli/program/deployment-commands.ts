// The commands about a deployment: its schedules, placements, health; and which deployment is meant.
import { type Command, Option } from 'commander';

import type { DoctorFlags } from '../commands/doctor';
import type { PlacementFlags } from '../commands/placements';
import type { ProfileAddFlags } from '../commands/profile';
import type { ScheduleAddFlags } from '../commands/schedule';
import { load } from '../load';
import { decimalNumber, wholeNumber } from './option-parsers';
import type { Run } from './run';
import { withDocumentOptions, withSpecOptions } from './spec-options';

export function registerScheduleCommands(program: Command, run: Run): void {
  const schedule = program.command('schedule').description('Jobs by the clock');
  const add = schedule
    .command('add')
    .usage(
      '[options] NAME FILE|- [-- COMMAND...]\n       gpujobs schedule add [options] NAME --image IMAGE [-- COMMAND...]',
    )
    .description('Add a schedule: a file that holds one, or --cron and a job')
    .argument('<name>')
    .argument('[operands...]', 'FILE or -; behind --: the command to run');
  withDocumentOptions(withSpecOptions(add))
    .option('--cron <expression>', 'five fields: minute hour day month day-of-week')
    .option('--time-zone <zone>', 'such as Europe/Berlin; default UTC')
    .addOption(
      new Option('--overlap <policy>', 'while its job before is not over').choices([
        'allow',
        'skip',
        'replace',
      ]),
    )
    .addOption(new Option('--catch-up <policy>', 'of fires missed in a downtime').choices(['skip', 'one']))
    .option('--paused', 'fires nothing until it is resumed')
    .option('--from <instant>', 'fires nothing before')
    .option('--replace', 'a schedule of that name may exist')
    .action((name: string, operands: string[], flags: ScheduleAddFlags) =>
      run((cli) => load.schedule().addSchedule(cli, name, operands, flags)),
    );
  schedule
    .command('list')
    .description('List all schedules')
    .action(() => run((cli) => load.schedule().listSchedules(cli)));
  schedule
    .command('show')
    .description('Show one: next fires, last one, spec')
    .argument('<name>')
    .action((name: string) => run((cli) => load.schedule().showSchedule(cli, name)));
  for (const to of ['pause', 'resume'] as const)
    schedule
      .command(to)
      .description(to === 'pause' ? 'Pass over the fires to come' : 'Fire again')
      .argument('<name>')
      .action((name: string) => run((cli) => load.schedule().turnSchedule(cli, name, to)));
  schedule
    .command('run')
    .description('Make one job of it now')
    .argument('<name>')
    .action((name: string) => run((cli) => load.schedule().runSchedule(cli, name)));
  schedule
    .command('remove')
    .description('Remove it; its jobs stay')
    .argument('<name>')
    .action((name: string) => run((cli) => load.schedule().removeSchedule(cli, name)));
}

export function registerDeploymentCommands(program: Command, run: Run): void {
  program
    .command('placements')
    .description('Show where jobs may run; with options, which placement can hold such a job')
    .option('--gpu <count>', 'GPUs of that job', wholeNumber)
    .option('--sku <sku>', 'and which')
    .option('--cpu <cores>', 'its CPU cores', decimalNumber)
    .option('--memory <gb>', 'its GB of memory', decimalNumber)
    .action((flags: PlacementFlags) => run((cli) => load.placements().placements(cli, flags)));
  program
    .command('doctor')
    .description(
      'Check a deployment: API, settings, credentials, storage, placements, quotas; says what to do',
    )
    .option(
      '--settings <file>',
      'local.settings.json, or a JSON object of settings; the environment goes before it',
    )
    .action((flags: DoctorFlags) => run((cli) => load.doctor().doctor(cli, flags)));
  program
    .command('drain')
    .description('Admit no jobs for a while; what runs goes on')
    .option('--off', 'admit jobs again')
    .action((flags: { off?: true }) => run((cli) => load.drain().drain(cli, flags)));
}

export function registerProfileCommands(program: Command, run: Run): void {
  const profile = program.command('profile').description('The deployments that you work with');
  profile
    .command('add')
    .description('Keep a deployment under a name')
    .argument('<name>')
    .requiredOption('--url <url>', 'where it answers')
    .option('--key <key>', 'its function key; - reads it from standard input')
    .action((name: string, flags: ProfileAddFlags) =>
      run((cli) => load.profile().addProfile(cli, name, flags)),
    );
  profile
    .command('list')
    .description('List them')
    .action(() => run((cli) => load.profile().listProfiles(cli)));
  profile
    .command('use')
    .description('Make one the current one')
    .argument('<name>')
    .action((name: string) => run((cli) => load.profile().useProfile(cli, name)));
  profile
    .command('remove')
    .description('Forget one')
    .argument('<name>')
    .action((name: string) => run((cli) => load.profile().removeProfile(cli, name)));
}
