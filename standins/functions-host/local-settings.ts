// local.settings.json: the values that Core Tools would put into the app's environment.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

const localSettings = z.looseObject({
  IsEncrypted: z.literal(false, 'must be false: encrypted settings need Core Tools').optional(),
  Values: z
    .record(z.string(), z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]))
    .default({}),
});

/** Reads `Values` of `<root>/local.settings.json`; none if there is no such file. Throws if it cannot be used. */
export async function readLocalSettings(root: string): Promise<Readonly<Record<string, string>>> {
  const path = join(root, 'local.settings.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  try {
    return localSettings.parse(JSON.parse(text)).Values;
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${path} cannot be used: ${reason}`, { cause: error });
  }
}

/** Adds the values to `environment` unless it has one of that name: the caller's settings win, as with Core Tools. */
export function applyLocalSettings(
  values: Readonly<Record<string, string>>,
  environment: Record<string, string | undefined>,
): void {
  for (const [name, value] of Object.entries(values)) environment[name] ??= value;
}

/** `%Name%` parts replaced by settings. Throws when one is not set, naming it and where it was used. */
export function resolveSettings(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  usedBy: string,
): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = environment[name];
    if (value === undefined)
      throw new Error(
        `${usedBy} refers to %${name}%, but no setting ${name} exists. Set it in the environment or local.settings.json.`,
      );
    return value;
  });
}
