// From a command line to an exit code: parses, runs, tells errors.
import { CommanderError } from 'commander';

import type { Cli, GlobalOptions } from './cli';
import { createCli } from './create-cli';
import { EXIT, type ExitCode } from './exit-codes';
import type { Host } from './host';
import { createProgram } from './program/program';
import { errorJson, tellError } from './tell-error';

/** Never rejects; errors go to standard error. */
export async function runCli(args: readonly string[], host: Host): Promise<ExitCode> {
  const running: { exitCode: ExitCode; cli: Cli } = { exitCode: EXIT.ok, cli: createCli(host, {}, args) };
  const program = createProgram(async (body) => {
    running.exitCode = (await body(running.cli)) ?? EXIT.ok;
  });
  program.hook('preAction', (_, command) => {
    running.cli = createCli(host, command.optsWithGlobals<GlobalOptions>(), args);
  });
  for (const command of [program, ...descendants(program)]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return running.exitCode;
  } catch (error) {
    // Commander has told it: help, the version, or what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return tell(running.cli, error);
  }
}

function tell(cli: Cli, error: unknown): ExitCode {
  const told = tellError(error);
  const [first = '', ...rest] = told.lines;
  if (cli.json) cli.say(JSON.stringify(errorJson(error, told)));
  else cli.say([`${cli.paintErr.red('gpujobs:')} ${first}`, ...rest].join('\n'));
  return told.exitCode;
}

function descendants(program: ReturnType<typeof createProgram>): readonly (typeof program)[] {
  return program.commands.flatMap((command) => [command, ...descendants(command)]);
}
