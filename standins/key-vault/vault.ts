// Stands in for a key vault: secrets by name from a JSON file, which is read again at each request. It asks for no
// token.
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { type Handler, json, type WireRequest, type WireResponse } from '../wire/handler';

/** The path below the emulator's origin, because the vault shares its server. */
export const VAULT_PATH = '/local-vault';

/** `<VAULT_PATH>/secrets/<name>/<version?>`. The client leaves the version empty for the newest. */
const SECRET = /^\/local-vault\/secrets\/([0-9A-Za-z-]{1,127})\/?$/;

const absentSchema = z.object({ code: z.literal('ENOENT') });
const secretsSchema = z.record(z.string(), z.string());

export function isForVault({ url }: WireRequest): boolean {
  return url.pathname.startsWith(`${VAULT_PATH}/`);
}

/** `secretsFile` holds `{ "name": "value" }` and need not exist. `builtIn` are there besides. */
export function createLocalVault(
  secretsFile: string,
  builtIn: Readonly<Record<string, string>> = {},
): Handler {
  return async (request) => {
    const name = SECRET.exec(request.url.pathname)?.[1];
    if (request.method !== 'GET' || name === undefined)
      return refuse(
        400,
        'BadParameter',
        `The local vault reads the newest version of a secret only: GET ${VAULT_PATH}/secrets/NAME.`,
      );
    const secrets = await readSecrets(secretsFile);
    if ('problem' in secrets) return refuse(400, 'BadParameter', secrets.problem);
    const values = { ...builtIn, ...secrets.values };
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined)
      return refuse(
        404,
        'SecretNotFound',
        `A secret with (name/id) ${name} was not found in this key vault; put it into ${secretsFile}.`,
      );
    const id = `${request.url.origin}/secrets/${name}/local`; // The client reads name and version from it.
    return json(200, { value, id, attributes: { enabled: true } });
  };
}

async function readSecrets(
  file: string,
): Promise<{ readonly values: Readonly<Record<string, string>> } | { readonly problem: string }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (absentSchema.safeParse(error).success) return { values: {} };
    throw error;
  }
  try {
    return { values: secretsSchema.parse(JSON.parse(text)) };
  } catch {
    // The reason is not quoted, because an excerpt could hold a secret.
    return { problem: `${file} is not a JSON object of texts: {"name": "value"}.` };
  }
}

function refuse(status: number, code: string, message: string): WireResponse {
  return json(status, { error: { code, message } });
}
