// The settings that the app's own code reads, told by itself: it is run with an environment that notes what is asked of
// it. So the list can't differ from the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { type Environment, readSettings } from '../../../app/settings';
import { connectionFromSettings } from '../../../storage/account/connection';

export interface OwnSettings {
  readonly names: readonly string[];
  /** Those without which the app does not start. */
  readonly required: readonly string[];
}

const EXAMPLE = join(__dirname, '../../../local.settings.example.json');

/** An environment with which the app starts. */
function exampleEnvironment(): Record<string, string> {
  const { Values } = z
    .object({ Values: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(EXAMPLE, 'utf8')));
  return Values;
}

function noting(env: Environment, asked: Set<string>): Environment {
  return new Proxy(env, {
    get(target, name) {
      if (typeof name === 'string') asked.add(name);
      return typeof name === 'string' ? target[name] : undefined;
    },
  });
}

export function readOwnSettings(): OwnSettings {
  const env = exampleEnvironment();
  const asked = new Set<string>();
  readSettings(noting(env, asked));
  const required = [...asked].filter((name) => problemOf({ ...env, [name]: undefined }) !== undefined);
  connectionFromSettings(noting({ AzureWebJobsStorage__accountName: 'account' }, asked), () => NO_CREDENTIAL);
  return { names: [...asked].toSorted(), required };
}

/** Why the app would not start with a setting of this value; undefined: it would, or the setting is none of its own. */
export function problemOfValue(name: string, value: string): string | undefined {
  return problemOf({ ...exampleEnvironment(), [name]: value });
}

/** Why the app would not reach its storage by settings of these names; undefined: it would. */
export function problemOfStorage(names: readonly string[]): string | undefined {
  const env = Object.fromEntries(names.map((name) => [name, 'https://account.example']));
  return problemIn(() =>
    connectionFromSettings({ ...env, AzureWebJobsStorage: undefined }, () => NO_CREDENTIAL),
  );
}

function problemOf(env: Environment): string | undefined {
  return problemIn(() => readSettings(env));
}

function problemIn(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const NO_CREDENTIAL = { getToken: (): Promise<null> => Promise.resolve(null) };
