// Reads a kubeconfig: the cluster and the user of its current context. Pure. No error repeats a value of it.
import type { z } from 'zod';

import { TerminalError } from '../../../domain/errors';
import { isLoopback } from '../../../domain/parse/loopback';
import { parseUntrusted } from '../../../domain/parse/parse-untrusted';
import { clusterSchema, kubeconfigSchema, userSchema } from './kubeconfig-schema';
import { yaml } from './sdk';

/** A part of a kubeconfig that it holds itself, or names a file for. */
export type Material = { readonly text: string } | { readonly file: string };

export interface KubeconfigContext {
  readonly server: URL;
  readonly servername: string | undefined;
  /** Certificates and keys are PEM. */
  readonly ca: Material | undefined;
  readonly cert: Material | undefined;
  readonly key: Material | undefined;
  readonly token: Material | undefined;
  /** The program or provider that has to be asked for the user's credentials. */
  readonly plugin: Plugin | undefined;
}

interface Plugin {
  readonly name: string;
  /** The application of Entra that the API server is, where the plugin is told of one. */
  readonly application: string | undefined;
}

/**
 * `from` names the kubeconfig in errors.
 *
 * @throws TerminalError for what is no kubeconfig, and for settings that this product does not follow.
 */
export function currentContext(text: string, from: string): KubeconfigContext {
  const config = parsed(kubeconfigSchema, documentOf(text, from), from);
  const { context } = named(config.contexts, 'context', config['current-context'], from);
  const cluster = parsed(
    clusterSchema,
    named(config.clusters, 'cluster', context.cluster, from).cluster,
    `cluster "${context.cluster}" of the ${from}`,
  );
  const user = parsed(
    userSchema,
    context.user === undefined ? {} : (named(config.users ?? [], 'user', context.user, from).user ?? {}),
    `user "${context.user ?? ''}" of the ${from}`,
  );
  return {
    server: serverOf(cluster.server, `cluster "${context.cluster}" of the ${from}`),
    servername: cluster['tls-server-name'] ?? undefined,
    ca: material(cluster['certificate-authority-data'], cluster['certificate-authority']),
    cert: material(user['client-certificate-data'], user['client-certificate']),
    key: material(user['client-key-data'], user['client-key']),
    token: tokenOf(user),
    plugin: pluginOf(user),
  };
}

/** YAML, of which JSON is a part. The library's own messages quote the text, which holds secrets. */
function documentOf(text: string, from: string): unknown {
  const document = yaml().parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined)
    throw new TerminalError(
      `The ${from} is no YAML: ${error.code} at line ${error.linePos?.[0].line ?? '?'}.`,
      { from },
    );
  try {
    return document.toJS();
  } catch {
    throw new TerminalError(
      `The ${from} is no YAML that can be read: an alias (*name) in it leads nowhere, or its aliases repeat too much.`,
      { from },
    );
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const result = parseUntrusted(schema, value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  throw new TerminalError(`The ${what} can't be used: ${issues.join('; ')}.`, { what });
}

/** The first of the name, as for kubectl. */
function named<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  kind: string,
  name: string,
  from: string,
): Entry {
  const found = entries.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  const names = entries.map((entry) => `"${entry.name}"`).join(', ') || 'none';
  throw new TerminalError(`The ${from} has no ${kind} "${name}"; it has ${names}.`, { from });
}

function serverOf(server: string, what: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.username === '' && url.password === '' && (url.protocol === 'https:' || isLoopback(url)))
    return url;
  throw new TerminalError(
    `The server of ${what} must be a URL such as https://HOST:PORT without a user; http is for loopback only.`,
    { what },
  );
}

function pluginOf({ exec, 'auth-provider': provider }: z.output<typeof userSchema>): Plugin | undefined {
  if (exec) {
    const at = exec.args?.indexOf('--server-id') ?? -1;
    return { name: exec.command, application: at === -1 ? undefined : exec.args?.[at + 1] };
  }
  return provider ? { name: provider.name, application: provider.config?.['apiserver-id'] } : undefined;
}

/** What the kubeconfig holds itself goes before a file. */
function material(data: string | null | undefined, file: string | null | undefined): Material | undefined {
  if (data) return { text: Buffer.from(data, 'base64').toString('utf8') };
  return file ? { file } : undefined;
}

/** A token's file goes before the token, as for kubectl: the file is kept up to date. */
function tokenOf({
  token,
  tokenFile,
}: Pick<z.output<typeof userSchema>, 'token' | 'tokenFile'>): Material | undefined {
  if (tokenFile) return { file: tokenFile };
  return token ? { text: token } : undefined;
}
