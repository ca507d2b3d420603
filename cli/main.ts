#!/usr/bin/env node
// gpujobs: the command line. So far the commands that work without the app.
import { Command } from 'commander';

import { registerSweep } from './sweep-command';

const program = new Command('gpujobs').description('GPU jobs on Azure, from the command line');
registerSweep(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`gpujobs: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
