// The profiles of several deployments: one JSON file of the user's own.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { messageOf } from '../../domain/errors';
import { CliError } from '../cli-error';
import { isErrorWithCode } from '../error-code';
import { EXIT } from '../exit-codes';

const profileSchema = z.strictObject({ url: z.url(), key: z.string().min(1).optional() });

const profilesSchema = z.strictObject({
  /** The profile that is used where none is named. */
  current: z.string().optional(),
  profiles: z.record(z.string(), profileSchema),
});
export type Profiles = z.infer<typeof profilesSchema>;

/** It holds keys, so only its owner may read it. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** `$XDG_CONFIG_HOME/gpujobs/config.json`, by default below `~/.config` (XDG Base Directory). */
export function profilePath(env: Readonly<Record<string, string | undefined>>): string {
  const home = env['XDG_CONFIG_HOME'] ?? '';
  return join(home === '' ? join(env['HOME'] ?? homedir(), '.config') : home, 'gpujobs', 'config.json');
}

/** No profiles where there is no file. */
export async function readProfiles(path: string): Promise<Profiles> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return { profiles: {} };
    throw unusable(path, error);
  }
  try {
    return profilesSchema.parse(JSON.parse(text));
  } catch (error) {
    throw unusable(path, error);
  }
}

/** Written whole or not at all, so a crash leaves the old file. */
export async function writeProfiles(path: string, profiles: Profiles): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(profiles, undefined, 2)}\n`, { mode: FILE_MODE });
  await rename(beside, path);
}

function unusable(path: string, error: unknown): CliError {
  const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
  return new CliError(
    `The profiles in ${path} can't be used: ${why}. Mend the file, or remove it and add the profiles again with "gpujobs profile add".`,
    EXIT.config,
    { cause: error },
  );
}
