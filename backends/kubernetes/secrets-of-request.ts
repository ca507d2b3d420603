// From a create's request to the Secrets that its Job reads. Pure.
import type { CreateRequest } from '../../domain/ports/compute-backend';
import { secretOf } from '../create-request';
import { marksOf } from './marks';
import { pullSecretName, variablesSecretName } from './secret-names';

export interface SecretManifest {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly type: string;
  /** Base64. */
  readonly data: Readonly<Record<string, string>>;
}

/** None for a job without secrets. Throws TerminalError when a value is not held any more. */
export function secretsOfRequest(request: CreateRequest): SecretManifest[] {
  const { name } = request.ref;
  const variables = variablesOf(request);
  const pull = pullConfigOf(request);
  const secrets: SecretManifest[] = [];
  if (Object.keys(variables).length > 0)
    secrets.push(secret(request, variablesSecretName(name), 'Opaque', variables));
  if (pull !== undefined)
    secrets.push(
      secret(request, pullSecretName(name), 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': pull }),
    );
  return secrets;
}

function secret(
  { ref, createdAt, expiresAt }: CreateRequest,
  name: string,
  type: string,
  texts: Readonly<Record<string, string>>,
): SecretManifest {
  const data = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, base64(text)]));
  const metadata = { name, ...marksOf(ref, createdAt, expiresAt) };
  return { apiVersion: 'v1', kind: 'Secret', metadata, type, data };
}

function variablesOf(request: CreateRequest): Record<string, string> {
  const told = request.told?.secrets ?? {};
  const names = Object.entries(request.spec.env ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' || Object.hasOwn(told, name) ? [] : [name],
  );
  return { ...Object.fromEntries(names.map((name) => [name, secretOf(request, name)])), ...told };
}

/** The file of registries that a kubelet reads; a registry without a password is pulled from by the node's identity. */
function pullConfigOf({ spec: { registry }, registryPassword: password }: CreateRequest): string | undefined {
  if (registry === undefined || password === undefined) return undefined;
  const { server, username = '' } = registry;
  return JSON.stringify({
    auths: { [server]: { username, password, auth: base64(`${username}:${password}`) } },
  });
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
