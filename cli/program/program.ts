// All commands of gpujobs with their options. What a command does is loaded when it runs.
import { Command, Option } from 'commander';

import { VERSION } from '../../domain/version';
import { registerSweep } from '../sweep-command';
import {
  registerDeploymentCommands,
  registerProfileCommands,
  registerScheduleCommands,
} from './deployment-commands';
import { registerJobCommands } from './job-commands';
import type { Run } from './run';

export function createProgram(run: Run): Command {
  const program = new Command('gpujobs')
    .description('GPU jobs on Azure, from the command line')
    .version(`gpujobs ${VERSION}`, '--version', 'print the version')
    .option(
      '--profile <name>',
      'the deployment to talk to ("gpujobs profile"); GPUJOBS_URL and GPUJOBS_KEY do without',
    )
    .addOption(new Option('--output <form>', 'how to print').choices(['table', 'json']).default('table'))
    .showHelpAfterError('("gpujobs help COMMAND" says more)');
  registerJobCommands(program, run);
  registerScheduleCommands(program, run);
  registerDeploymentCommands(program, run);
  registerSweep(program);
  registerProfileCommands(program, run);
  return program;
}
