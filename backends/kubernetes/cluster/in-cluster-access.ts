// A pod's own way to the cluster that it runs in: the service account that Kubernetes mounts.
import { isIPv6 } from 'node:net';

import { TerminalError } from '../../../domain/errors';
import { checkedAccess } from './checked-access';
import type { ClusterAccess } from './cluster-access';
import type { Lasting } from './kept';
import { readNamed, type ReadText, TOKEN_FILE_MS } from './kubeconfig-access';

const MOUNTED = '/var/run/secrets/kubernetes.io/serviceaccount';
const WHOSE = 'which Kubernetes mounts into a pod that has a service account';

/** `now` in milliseconds since the Unix epoch. Throws TerminalError outside a cluster. */
export async function inClusterAccess(
  environment: Readonly<Record<string, string | undefined>>,
  readText: ReadText,
  now: number,
): Promise<Lasting<ClusterAccess>> {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = environment;
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  if (host === '' || port === '' || !URL.canParse(server))
    throw new TerminalError(
      'A placement with "cluster": { "inCluster": true } works only in a pod, where KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT lead to the API server.',
      { host, port },
    );
  const [ca, token] = await Promise.all([
    readNamed(`${MOUNTED}/ca.crt`, WHOSE, readText),
    readNamed(`${MOUNTED}/token`, WHOSE, readText),
  ]);
  const value = checkedAccess(
    { server: new URL(server), tls: { ca }, token: token.trim() },
    'service account of this pod',
  );
  return { value, renewFrom: now + TOKEN_FILE_MS };
}
