// gpujobs profile: the deployments that this user works with.
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { profilePath, readProfiles, writeProfiles } from '../profiles/profile-file';
import { noSuchProfile } from '../profiles/target';
import { type Column, fittedTable } from '../show/fitted-table';
import { readDocument } from '../spec/read-document';

export interface ProfileAddFlags {
  readonly url: string;
  readonly key?: string;
}

/**
 * `--key -` reads the key from standard input, so that it stands in no command line. The first profile becomes the
 * current one.
 */
export async function addProfile(cli: Cli, name: string, { url, key }: ProfileAddFlags): Promise<void> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new CliError(
      `--url is "${url}", must be an address such as https://my-app.azurewebsites.net.`,
      EXIT.usage,
    );
  const path = profilePath(cli.host.env);
  const { current = name, profiles } = await readProfiles(path);
  const secret = key === '-' ? (await readDocument(cli.host, '-')).trim() : key;
  const profile = { url, ...(secret === undefined || secret === '' ? {} : { key: secret }) };
  await writeProfiles(path, { current, profiles: { ...profiles, [name]: profile } });
  cli.out(`Profile ${name} is kept in ${path}${current === name ? '; it is the current one' : ''}.`);
}

/** Never shows a key. */
export async function listProfiles(cli: Cli): Promise<void> {
  const { current, profiles } = await readProfiles(profilePath(cli.host.env));
  const all = Object.entries(profiles).map(([name, { url, key }]) => ({
    name,
    url,
    key: key !== undefined,
    current: name === current,
  }));
  if (cli.json) {
    cli.printJson({ profiles: all });
    return;
  }
  if (all.length === 0) {
    cli.say('No profiles. "gpujobs profile add NAME --url URL" makes one.');
    return;
  }
  const rows = all.map(({ name, url, key, current: isCurrent }) => [
    name,
    url,
    key ? 'yes' : 'no',
    isCurrent ? '*' : '',
  ]);
  for (const line of fittedTable(COLUMNS, rows, cli.host.stdout)) cli.out(line);
}

const COLUMNS: readonly Column[] = [
  { heading: 'NAME', least: 12 },
  { heading: 'URL', least: 20 },
  { heading: 'KEY' },
  { heading: 'CURRENT' },
];

export async function useProfile(cli: Cli, name: string): Promise<void> {
  const path = profilePath(cli.host.env);
  const known = await readProfiles(path);
  const profile = known.profiles[name];
  if (profile === undefined) throw noSuchProfile(name, known, path);
  await writeProfiles(path, { ...known, current: name });
  cli.out(`Profile ${name} (${profile.url}) is the current one.`);
}

export async function removeProfile(cli: Cli, name: string): Promise<void> {
  const path = profilePath(cli.host.env);
  const known = await readProfiles(path);
  if (known.profiles[name] === undefined) throw noSuchProfile(name, known, path);
  const profiles = Object.fromEntries(Object.entries(known.profiles).filter(([other]) => other !== name));
  const { current } = known;
  await writeProfiles(path, { ...(current === undefined || current === name ? {} : { current }), profiles });
  cli.out(`Profile ${name} is removed.`);
}
