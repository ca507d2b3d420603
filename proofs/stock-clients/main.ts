// `npm run stock-clients`: the genuine az against `npm start -- --tls`, command by command, as a user of Azure's GPU
// guide types them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { listGroups, readLedger } from '../../standins/stack/emulator-view';
import { endOnSignals } from '../../standins/stack/end-on-signals';
import { compiled, REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { pythonProgramIn } from '../../test/python-program';
import { runAsCommand } from '../../test/run-as-command';
import { AZURE_CLI, azWith, runProgram } from './az';
import { type Command, commands, templateWithOutput } from './commands';
import { type LocalStack, startLocalStack } from './local-stack';

/** How long a job that `gpujobs submit` made may take to be gone after its end. */
const GONE_WITHIN_MS = 30_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

runAsCommand(main);

/** 0 when every command answered as it must, 1 when one did not. Rejects when they could not be run. */
async function main(): Promise<number> {
  const program = await pythonProgramIn(join(REPOSITORY_ROOT, '.gpu-jobs', 'azure-cli'), AZURE_CLI, say);
  const folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-stock-clients-'));
  let stack: LocalStack | undefined;
  const clean = async (): Promise<void> => {
    await stack?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  endOnSignals(clean);
  try {
    stack = await startLocalStack(join(folder, 'state'));
    say(`The stack is up at ${stack.tls}.`);
    await writeFile(join(folder, 'with-output.json'), templateWithOutput());
    const { api, tls, authority } = stack;
    let failed = 0;
    for (const command of commands({
      az: azWith(program, join(folder, 'az'), resolve(REPOSITORY_ROOT, authority)),
      gpujobs: (args) =>
        runProgram(process.execPath, [compiled('cli/main'), ...args], { ...process.env, GPUJOBS_URL: api }),
      tls,
      folder,
    }))
      if (!(await answers(command))) failed += 1;
    const left = await faultsOfTheLedger(stack.emulator);
    for (const fault of left) say(`✘ ${fault}`);
    say(failed + left.length === 0 ? 'All as it has to be.' : `${failed + left.length} failed.`);
    return failed + left.length === 0 ? 0 : 1;
  } finally {
    await clean();
  }
}

async function answers({ who, name, args, faults }: Command): Promise<boolean> {
  const begun = performance.now();
  const ran = await who(args);
  const found = faults(ran);
  const shown = args.filter((arg) => arg !== '--only-show-errors').join(' ');
  const line = `${name} ${shown.replaceAll(`${REPOSITORY_ROOT}/`, '')}`;
  say(`${found.length === 0 ? '✔' : '✘'} ${line}  (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  for (const fault of found) say(`    ${fault}`);
  if (found.length > 0) say(`${ran.stdout}${ran.stderr}`.replaceAll(/^/gm, '    | '));
  return found.length === 0;
}

/** Checks that the ledger has each thing that az did once, and that nothing is left. */
async function faultsOfTheLedger(emulator: string): Promise<readonly string[]> {
  const { puts, deletes } = await readLedger(emulator);
  const groups = ['gpucontainergroup', 'gpucontainergrouprm'];
  const once = groups.flatMap((group) =>
    (
      [
        ['creates', puts],
        ['deletes', deletes],
      ] as const
    ).flatMap(([what, entries]) => {
      const count = entries.filter((entry) => entry.group === group && entry.resourceGroup === 'mine').length;
      return count === 1 ? [] : [`the ledger has ${count} ${what} of ${group}, not 1`];
    }),
  );
  const until = performance.now() + GONE_WITHIN_MS;
  let left = await listGroups(emulator);
  while (left.length > 0 && performance.now() < until) {
    await new Promise((wake) => setTimeout(wake, 200));
    left = await listGroups(emulator);
  }
  return [...once, ...left.map((group) => `${group} is left`)];
}
