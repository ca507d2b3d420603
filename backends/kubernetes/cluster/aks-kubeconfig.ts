// Asks Resource Manager for the kubeconfig that a cluster of AKS has for its users.
import type { TokenCredential } from '@azure/core-auth';
import { z } from 'zod';

import { messageOf, RetryableError, TerminalError } from '../../../domain/errors';
import { isLoopback } from '../../../domain/parse/loopback';
import { armPipeline } from '../../arm/arm-pipeline';
import { coreRestPipeline } from '../../arm/core-sdk';
import { jsonOf } from '../../json-of';

export interface AksCluster {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** docs/facts/aks.md#credentials */
const API_VERSION = '2025-10-01';
const ANSWER_WITHIN_MS = 30_000;

const credentialsSchema = z.object({ kubeconfigs: z.tuple([z.object({ value: z.base64() })], z.unknown()) });
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/**
 * `credential` is asked for a token unless the endpoint is http on loopback. The request is sent once: whoever needs
 * the cluster asks again.
 *
 * @throws RetryableError when Resource Manager gives no usable answer. TerminalError when it refuses.
 */
export async function aksKubeconfig(
  cluster: AksCluster,
  armEndpoint: URL,
  credential: TokenCredential,
): Promise<string> {
  const { createDefaultHttpClient, createPipelineRequest } = coreRestPipeline();
  const abortSignal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const request = createPipelineRequest({
    url: credentialsUrl(cluster, armEndpoint),
    method: 'POST',
    // Not the client's own `timeout`: its timer stays behind where no connection comes about.
    abortSignal,
    allowInsecureConnection: isLoopback(armEndpoint),
  });
  let answer;
  try {
    answer = await armPipeline(armEndpoint, credential, { maxRetries: 0 }).sendRequest(
      createDefaultHttpClient(),
      request,
    );
  } catch (error) {
    throw new RetryableError(
      `Resource Manager did not say how to reach the AKS cluster "${cluster.name}": ${abortSignal.aborted ? `no answer within ${ANSWER_WITHIN_MS} ms` : messageOf(error)}`,
      { cluster: cluster.name },
    );
  }
  if (answer.status !== 200) throw refusal(answer.status, answer.bodyAsText ?? '', cluster);
  const parsed = credentialsSchema.safeParse(jsonOf(answer.bodyAsText ?? ''));
  if (parsed.success) return Buffer.from(parsed.data.kubeconfigs[0].value, 'base64').toString('utf8');
  throw new RetryableError(
    `Resource Manager's answer for the AKS cluster "${cluster.name}" has no kubeconfig in it.`,
    { cluster: cluster.name },
  );
}

function credentialsUrl({ subscriptionId, resourceGroup, name }: AksCluster, { origin }: URL): string {
  const [subscription, group, cluster] = [subscriptionId, resourceGroup, name].map(encodeURIComponent);
  return `${origin}/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${cluster}/listClusterUserCredential?api-version=${API_VERSION}`;
}

function refusal(status: number, body: string, cluster: AksCluster): RetryableError | TerminalError {
  const said = errorSchema.safeParse(jsonOf(body));
  const { code, message } = said.success ? said.data.error : { code: '', message: '' };
  const { name, resourceGroup, subscriptionId } = cluster;
  const why = `Resource Manager did not say how to reach the AKS cluster "${name}" in resource group "${resourceGroup}" of subscription ${subscriptionId}: ${`${status} ${code}`.trim()}${message === '' ? '.' : `, ${message}`}`;
  const facts = { cluster: name, status, code };
  if (status === 408 || status === 429 || status >= 500) return new RetryableError(why, facts);
  return new TerminalError(`${why}${adviceOn(status, message)}`, facts);
}

/** What mends a refusal, as a sentence with a space before it; empty where Resource Manager's own words say it all. */
function adviceOn(status: number, message: string): string {
  if (status === 401 || status === 403)
    return " Give the app's identity the role Azure Kubernetes Service Cluster User Role on the cluster.";
  if (status === 404) return ' The "cluster": { "aks": { … } } of the placement must name one that is there.';
  // docs/facts/aks.md#local-accounts
  return /disable local accounts/i.test(message)
    ? ' The cluster has local accounts alone, and they are turned off: turn Entra on ("az aks update --enable-aad").'
    : '';
}
