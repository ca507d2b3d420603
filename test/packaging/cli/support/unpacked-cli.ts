// The CLI's own package, packed by npm and unpacked in an empty folder, as if it had been installed there.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { cliContents } from '../../../../packaging/cli/cli-contents';
import { CLI_PACKAGE } from '../../../../packaging/cli/cli-manifest';
import { packFolder } from '../../../../packaging/cli/pack-folder';
import { writeFolder } from '../../../../packaging/write-folder';

const ROOT = resolve(__dirname, '../../../..');

interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface UnpackedCli {
  /** Where it is installed. Nothing else is there, and nothing above it leads to the repository. */
  readonly folder: string;
  /** The package in it. */
  readonly package: string;
  readonly tarballBytes: number;
  /** Runs the package's gpujobs there, with these variables and no others but PATH. */
  gpujobs(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Runs a program of somebody who installed it. */
  program(text: string): Promise<Ran>;
  remove(): Promise<void>;
}

export async function unpackCli(): Promise<UnpackedCli> {
  const parent = await mkdtemp(join(tmpdir(), 'gpu-jobs-cli-'));
  const written = join(parent, 'written');
  await writeFolder(written, await cliContents(ROOT));
  const tarball = await packFolder(written, parent);
  const folder = join(parent, 'empty');
  const installed = join(folder, 'node_modules', CLI_PACKAGE);
  await mkdir(installed, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> =>
    new Promise((done) => {
      const child = execFile(
        process.execPath,
        [...args],
        { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder, ...env } },
        (_, out, err) => done({ exitCode: child.exitCode ?? -1, out, err }),
      );
    });
  return {
    folder,
    package: installed,
    tarballBytes: (await stat(tarball)).size,
    gpujobs: (args, env) => node([join(installed, 'gpujobs.js'), ...args], env),
    program: (text) => node(['--eval', text]),
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
