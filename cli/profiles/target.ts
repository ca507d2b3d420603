// Which deployment a command talks to, and with which key.
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { profilePath, type Profiles, readProfiles } from './profile-file';

export interface Target {
  readonly url: string;
  readonly key?: string | undefined;
  /** What named the target, for messages. */
  readonly from: string;
}

/** Where `npm start` serves. */
export const LOCAL_URL = 'http://localhost:7071';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Option --profile, else GPUJOBS_URL, else the current profile, else this machine. GPUJOBS_KEY goes before a profile's
 * key.
 */
export async function findTarget(env: Environment, named: string | undefined): Promise<Target> {
  const url = valueOf(env, 'GPUJOBS_URL');
  const key = valueOf(env, 'GPUJOBS_KEY');
  if (named === undefined && url !== undefined) return { url: checked(url), key, from: 'GPUJOBS_URL' };
  const path = profilePath(env);
  const profiles = await readProfiles(path);
  const name = named ?? profiles.current;
  if (name === undefined) return { url: LOCAL_URL, key, from: 'the default, this machine' };
  const profile = profiles.profiles[name];
  if (profile === undefined) throw noSuchProfile(name, profiles, path);
  return { url: profile.url, key: key ?? profile.key, from: `profile ${name}` };
}

export function noSuchProfile(name: string, { profiles }: Profiles, path: string): CliError {
  const names = Object.keys(profiles);
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  return new CliError(
    `There is no profile "${name}" in ${path}: ${known}. "gpujobs profile add" makes one.`,
    EXIT.notFound,
  );
}

/** An empty variable counts as not set. */
function valueOf(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

function checked(url: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new CliError(
    `GPUJOBS_URL is "${url}", must be an address such as https://my-app.azurewebsites.net.`,
    EXIT.config,
  );
}
