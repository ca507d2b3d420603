// docs/cli.md as it really happens: every command runs on a stack of its own and must answer what the document shows.
// UPDATE_TRANSCRIPTS=1 writes the answers into the document instead.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createProgram } from '../../cli/program/program';
import { compiled, REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { stackEnvironment } from '../../standins/stack/stack-environment';
import { bootTestStack, type TestStack } from '../end-to-end/support/test-stack';
import { type Shell, startShell } from './support/shell';
import { normalised, shownOutput, type Transcript, transcriptsIn, withOutputs } from './support/transcripts';

const DOCUMENT = join(REPOSITORY_ROOT, 'docs', 'cli.md');
/** What the document shows instead of this run's own address. */
const SHOWN_URL = 'http://localhost:7071';
const SHOWN_CONFIG = '/home/you/.config';

let local: TestStack;
let shell: Shell;
let folder: string;
let markdown: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpujobs-cli-'));
  markdown = await readFile(DOCUMENT, 'utf8');
  // Every state lasts long enough to be seen.
  local = await bootTestStack({ GPU_JOBS_EMULATOR_PROVISION_MS: '700', GPU_JOBS_EMULATOR_PULL_MS: '700' });
  await local.api.tick();
  shell = startShell(REPOSITORY_ROOT, await environment());
}, 60_000);

afterAll(async () => {
  await shell.stop();
  await local.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The shell's: `gpujobs` on the PATH, this deployment as the default, the app's own settings. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const gpujobs = join(bin, 'gpujobs');
  await writeFile(gpujobs, `#!/bin/sh\nexec "${process.execPath}" "${compiled('cli/main')}" "$@"\n`);
  await chmod(gpujobs, 0o755);
  const { functionsUrl, emulatorUrl, storageConnectionString } = local.stack;
  const settings = stackEnvironment({
    user: {},
    // Beside container instances the emulator serves the vault and the shares.
    ports: { functions: 0, aci: Number(new URL(emulatorUrl).port), blob: 0, queue: 0, table: 0 },
    stateFolder: folder,
  });
  return {
    ...settings,
    AzureWebJobsStorage: storageConnectionString,
    GPU_JOBS_ARM_ENDPOINT: emulatorUrl,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    GPUJOBS_URL: functionsUrl,
    STAGING_KEY: 'a-function-key',
    TZ: 'UTC',
  };
}

function asShown(output: string): string {
  return output
    .replaceAll(local.stack.functionsUrl, SHOWN_URL)
    .replaceAll(local.stack.emulatorUrl, 'http://127.0.0.1:7072')
    .replaceAll(join(folder, 'config'), SHOWN_CONFIG);
}

test('every transcript of docs/cli.md is what happens', async () => {
  const documented = transcriptsIn(markdown);
  const happened: Transcript[] = [];
  for (const { command } of documented)
    happened.push({ command, output: asShown(shownOutput(await shell.run(command))) });
  if (process.env['UPDATE_TRANSCRIPTS'] === '1') {
    await writeFile(
      DOCUMENT,
      withOutputs(
        markdown,
        happened.map(({ output }) => output),
      ),
    );
    return;
  }
  const compared = (transcripts: readonly Transcript[]): Transcript[] =>
    transcripts.map(({ command, output }) => ({ command, output: normalised(output) }));
  expect(compared(happened)).toEqual(compared(documented));
}, 300_000);

test('every command has a transcript', () => {
  const typed = transcriptsIn(markdown).map(({ command }) => command);
  const program = createProgram(() => Promise.resolve());
  const commands = program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [command.name()]
      : command.commands.map((below) => `${command.name()} ${below.name()}`),
  );
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands)
    expect(typed.filter((line) => line.includes(`gpujobs ${command}`))).not.toHaveLength(0);
});
