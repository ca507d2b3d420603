// `npm start`: boots the local stack and stays up. It says where everything is and how to send a first job.
import { parseArgs } from 'node:util';

import { readLocalSettings } from '../functions-host/local-settings';
import { fit, indent, paintFor, seconds } from './demo/paint';
import { endOnSignals } from './end-on-signals';
import { appFolder } from './host/app-folder';
import { coreToolsPlan, findCoreTools } from './host/core-tools';
import { REPOSITORY_ROOT } from './repository-root';
import { bootStack, type Stack, type StackEvent } from './stack';
import { passedOver } from './stack-environment';
import { describeEnding } from './stack-process';
import { DEFAULT_TLS_PORT, parseStackSettings } from './stack-settings';
import { welcome } from './welcome';

const USAGE =
  'Usage: npm start [-- [--tls] [--functions-host=local|func] [--app FOLDER] [--unstartable=IMAGE ...]]';

const paint = paintFor(process.stdout.isTTY);
let stack: Stack | undefined;

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

async function main(): Promise<void> {
  const begun = performance.now();
  const { host, tls, app, unstartable } = optionsOf(process.argv.slice(2));
  const func = host === 'func' ? findCoreTools(process.env['PATH']) : undefined;
  const user = {
    ...(tls && { GPU_JOBS_ACI_TLS_PORT: DEFAULT_TLS_PORT }),
    ...(await readLocalSettings(REPOSITORY_ROOT)),
    ...process.env,
    ...(unstartable.length > 0 && { GPU_JOBS_EMULATOR_UNSTARTABLE: unstartable.join(',') }),
  };
  endOnSignals(async () => {
    say(paint.dim('\nEnding the stack…'));
    await stack?.stop();
  });
  stack = await bootStack({
    settings: parseStackSettings(user, REPOSITORY_ROOT),
    user,
    onDeath: 'restart',
    report,
    ...(app !== undefined && { app }),
    ...(func === undefined
      ? {}
      : { functionsHost: (environment, ports) => coreToolsPlan(func, environment, ports) }),
  });
  say(welcome(stack, paint));
  for (const name of passedOver(user, stack))
    say(
      paint.yellow(
        `${name} of your environment is not used: this stack keeps to its own storage and emulator.`,
      ),
    );
  say(`${paint.green('✔')} Up in ${seconds(performance.now() - begun)}. ${paint.dim('Ctrl-C ends it.')}\n`);
}

function report(event: StackEvent): void {
  switch (event.kind) {
    case 'up':
      if (stack !== undefined) say(`${paint.green('✔')} ${event.name} is up again.`);
      return;
    case 'died':
      say(
        `${paint.red('✘')} ${event.name} died (${describeEnding(event.ending)}); starting it again. Its last lines:`,
      );
      for (const line of event.lastLines.slice(-15)) say(paint.dim(`  ${fit(line, 160)}`));
      return;
    case 'given-up':
      say(
        `${paint.red('✘')} ${event.name} keeps dying: the stack ends. Its log is in ${stack?.logsFolder ?? ''}.`,
      );
      void stack?.stop().then(() => process.exit(1));
      return;
  }
}

interface Options {
  readonly host: 'local' | 'func';
  readonly tls: boolean;
  /** Absolute path of another app than the repository's own. */
  readonly app?: string;
  /** Images and repositories whose programs are not to be started. */
  readonly unstartable: readonly string[];
}

function optionsOf(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'functions-host': { type: 'string' },
        tls: { type: 'boolean', default: false },
        app: { type: 'string' },
        unstartable: { type: 'string', multiple: true, default: [] },
      },
    });
    const host = values['functions-host'] ?? 'local';
    if (host !== 'local' && host !== 'func')
      throw new Error(`--functions-host is "${host}": it must be "local" or "func".`);
    const { tls, app, unstartable } = values;
    if (app !== undefined && host === 'func')
      throw new Error('--app needs the local host: Core Tools serve the folder in which they are started.');
    return { host, tls, unstartable, ...(app !== undefined && { app: appFolder(app) }) };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}

function say(text: string): void {
  process.stdout.write(`${indent(text)}\n`);
}
