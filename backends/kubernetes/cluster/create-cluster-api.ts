// Makes the way to a cluster's API server from what a placement says of the cluster.
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { TokenCredential } from '@azure/core-auth';

import { RunnerError } from '../../../domain/errors';
import type { Clock } from '../../../domain/ports/clock';
import type { ClusterReference } from '../placement';
import { createAksSource } from './aks-access';
import type { ClusterAccess } from './cluster-access';
import type { ClusterAnswer, ClusterApi, ClusterRequest } from './cluster-api';
import { AFTER_401, BEFORE_IT, credentials } from './credentials-in-time';
import { createExchange, requestUrl } from './exchange';
import { inClusterAccess } from './in-cluster-access';
import { createKept, type Lasting } from './kept';
import { kubeconfigAccess, readNamed, type ReadText } from './kubeconfig-access';
import { leadsNowhere, noAnswer } from './no-answer';

export interface ClusterParts {
  /** Of Resource Manager; https, or http on loopback. */
  readonly armEndpoint: URL;
  readonly credential: TokenCredential;
  /** The newest version of a secret of the key vault. Rejects where there is none to be had. */
  readonly secretOf: (name: string) => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Pick<Clock, 'now'>;
  /** Default: from the disk. */
  readonly readText?: ReadText;
}

const UNAUTHORIZED = 401;

/** Nothing is read or sent before the first request. */
export function createClusterApi(cluster: ClusterReference, parts: ClusterParts): ClusterApi {
  const access = createKept(accessSource(cluster, parts), parts.clock);
  const exchange = createExchange();

  async function sendWith(
    used: ClusterAccess,
    request: ClusterRequest,
    signal: AbortSignal,
  ): Promise<ClusterAnswer> {
    try {
      return await exchange(used, request, signal);
    } catch (error) {
      if (error instanceof RunnerError) throw error;
      if (leadsNowhere(error)) access.doubt();
      const { method, path, timeoutMs } = request;
      throw noAnswer(error, {
        method,
        url: requestUrl(used.server, path),
        timeoutMs,
        isTimedOut: signal.aborted,
      });
    }
  }

  return {
    send: async (request) => {
      const signal = AbortSignal.timeout(request.timeoutMs);
      const known = await credentials(access.get(), request, signal, BEFORE_IT);
      const answer = await sendWith(known, request, signal);
      if (answer.status !== UNAUTHORIZED) return answer;
      const renewed = await credentials(access.replace(known), request, signal, AFTER_401);
      return renewed === undefined ? answer : sendWith(renewed, request, signal);
    },
  };
}

const fromDisk: ReadText = (path) => readFile(path, 'utf8');

function accessSource(cluster: ClusterReference, parts: ClusterParts): () => Promise<Lasting<ClusterAccess>> {
  const { environment, clock, secretOf, readText = fromDisk } = parts;
  if ('inCluster' in cluster) return () => inClusterAccess(environment, readText, clock.now());
  if ('aks' in cluster) return createAksSource(cluster.aks, parts);
  const { kubeconfig } = cluster;
  if (typeof kubeconfig === 'string')
    return async () =>
      kubeconfigAccess(
        await readNamed(kubeconfig, 'which a placement names as kubeconfig', readText),
        { from: `kubeconfig ${kubeconfig}`, folder: dirname(kubeconfig), readText },
        clock.now(),
      );
  return async () =>
    kubeconfigAccess(
      await secretOf(kubeconfig.secretRef),
      { from: `kubeconfig in the secret "${kubeconfig.secretRef}"`, folder: undefined, readText },
      clock.now(),
    );
}
