// From a kubeconfig to what a request needs: its files are read, its certificates checked.
import { isAbsolute, resolve } from 'node:path';

import { TerminalError } from '../../../domain/errors';
import { checkedAccess, withCredentials } from './checked-access';
import type { ClusterAccess } from './cluster-access';
import type { Lasting } from './kept';
import { currentContext, type KubeconfigContext, type Material } from './kubeconfig';
import { codeOf } from './no-answer';

/** Reads a text file as UTF-8; rejects as `node:fs` does. */
export type ReadText = (path: string) => Promise<string>;

/** A file with a token is read again this often: whoever keeps it up to date replaces it well before it expires. */
export const TOKEN_FILE_MS = 60_000;

/** Where a kubeconfig came from. */
export interface KubeconfigSource {
  /** How errors name it. */
  readonly from: string;
  /** Against which its relative paths count; none for one that is no file. */
  readonly folder: string | undefined;
  readonly readText: ReadText;
}

/** `now` in milliseconds since the Unix epoch. Throws TerminalError where the kubeconfig can't be used. */
export async function kubeconfigAccess(
  text: string,
  source: KubeconfigSource,
  now: number,
): Promise<Lasting<ClusterAccess>> {
  const context = currentContext(text, source.from);
  if (context.plugin !== undefined) throw pluginRefused(context.plugin.name, source.from);
  const value = withCredentials(await accessOf(context, source), source.from);
  const isTokenOnFile = context.token !== undefined && 'file' in context.token;
  return isTokenOnFile ? { value, renewFrom: now + TOKEN_FILE_MS } : { value };
}

/** What the context itself says of credentials, without any plugin. */
export async function accessOf(
  { server, servername, ...context }: KubeconfigContext,
  source: KubeconfigSource,
): Promise<ClusterAccess> {
  const [ca, cert, key, token] = await Promise.all(
    [context.ca, context.cert, context.key, context.token].map((part) => textOf(part, source)),
  );
  return checkedAccess(
    {
      server,
      tls: {
        ...(ca === undefined ? {} : { ca }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
        ...(servername === undefined ? {} : { servername }),
      },
      ...(token === undefined ? {} : { token: token.trim() }),
    },
    source.from,
  );
}

async function textOf(part: Material | undefined, source: KubeconfigSource): Promise<string | undefined> {
  if (part === undefined || 'text' in part) return part?.text;
  const { from, folder, readText } = source;
  if (folder === undefined && !isAbsolute(part.file))
    throw new TerminalError(
      `The ${from} names the file ${part.file}, relative to a folder that it has not: put what it names into it (kubectl config view --minify --flatten --raw).`,
      { from },
    );
  return readNamed(resolve(folder ?? '/', part.file), `which the ${from} names`, readText);
}

/** `whose` tells in an error why the file is read. Throws TerminalError where it can't be. */
export async function readNamed(path: string, whose: string, readText: ReadText): Promise<string> {
  try {
    return await readText(path);
  } catch (error) {
    const code = codeOf(error);
    throw new TerminalError(`The file ${path}, ${whose}, can't be read (${code}).`, { path, code });
  }
}

function pluginRefused(plugin: string, from: string): TerminalError {
  return new TerminalError(
    `The user of the ${from} gets credentials from the plugin "${plugin}". The app runs no plugins: its host has no such program and nobody to sign in. For a cluster of AKS configure "cluster": { "aks": { … } } instead. For any other give its user a certificate or a token, such as a service account's.`,
    { from, plugin },
  );
}
