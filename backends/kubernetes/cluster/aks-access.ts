// The way to a cluster of AKS: its kubeconfig by Resource Manager, and a token of Entra in place of kubelogin's.
import type { AccessToken, TokenCredential } from '@azure/core-auth';

import { messageOf, RetryableError, TerminalError } from '../../../domain/errors';
import { type AksCluster, aksKubeconfig } from './aks-kubeconfig';
import { withCredentials } from './checked-access';
import type { ClusterAccess } from './cluster-access';
import type { Lasting } from './kept';
import { currentContext, type KubeconfigContext } from './kubeconfig';
import { accessOf, type ReadText } from './kubeconfig-access';

export interface AksParts {
  readonly armEndpoint: URL;
  readonly credential: TokenCredential;
}

/**
 * What the API servers of clusters with Entra are there, unless the kubeconfig names another application
 * (docs/facts/aks.md#credentials).
 */
const APPLICATION = '6dae42f8-4368-4678-94ff-3960e28e3630';

/**
 * Services at which the app's identity has rights: Resource Manager, Storage, Key Vault and Log Analytics. A token for
 * one of them must not go to a server that a kubeconfig names (docs/facts/aks.md#credentials).
 */
const SERVICES: readonly string[] = [
  '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  'e406a681-f3d4-42a8-90b6-c2b029497af1',
  'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
  'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5',
];
/** An application's id. Services are named by URLs, too. */
const APPLICATION_ID = /^[A-Za-z0-9-]+$/;

const TOKEN_WITHIN_MS = 30_000;
/** A token is renewed from so long before its end on, where Entra doesn't name an earlier time itself. */
const RENEWED_BEFORE_MS = 5 * 60_000;
/** A request must arrive before its token ends. */
const UNUSED_BEFORE_MS = 30_000;

/** It has no files, and a kubeconfig that comes from Resource Manager names none. */
const noFiles: ReadText = () => Promise.reject(new Error('no file'));

/** What it returns asks Resource Manager and Entra at each call. */
export function createAksSource(
  cluster: AksCluster,
  { armEndpoint, credential }: AksParts,
): () => Promise<Lasting<ClusterAccess>> {
  const from = `kubeconfig of the AKS cluster "${cluster.name}"`;
  let known: KubeconfigContext | undefined;

  const context = async (): Promise<KubeconfigContext> => {
    try {
      known = currentContext(await aksKubeconfig(cluster, armEndpoint, credential), from);
      return known;
    } catch (error) {
      // Cluster and authority rarely change, so a token is renewed although Resource Manager gives no answer.
      if (known !== undefined && error instanceof RetryableError) return known;
      throw error;
    }
  };

  return async () => {
    const current = await context();
    const access = await accessOf(current, { from, folder: undefined, readText: noFiles });
    // Of local accounts the kubeconfig has all that is needed.
    if (current.plugin === undefined) return { value: withCredentials(access, from) };
    const { token, expiresOnTimestamp, refreshAfterTimestamp } = await entraToken(
      credential,
      applicationOf(current.plugin, from),
      cluster.name,
    );
    return {
      value: { ...access, token },
      renewFrom: refreshAfterTimestamp ?? expiresOnTimestamp - RENEWED_BEFORE_MS,
      goodUntil: expiresOnTimestamp - UNUSED_BEFORE_MS,
    };
  };
}

function applicationOf(
  { application = APPLICATION }: { application?: string | undefined },
  from: string,
): string {
  if (APPLICATION_ID.test(application) && !SERVICES.includes(application.toLowerCase())) return application;
  throw new TerminalError(
    `The ${from} can't be used: it asks for a token for "${application}", which is no API server's application.`,
    { from },
  );
}

async function entraToken(
  credential: TokenCredential,
  application: string,
  cluster: string,
): Promise<AccessToken> {
  let token: AccessToken | null;
  try {
    token = await credential.getToken(`${application}/.default`, {
      abortSignal: AbortSignal.timeout(TOKEN_WITHIN_MS),
    });
  } catch (error) {
    throw new RetryableError(
      `Entra gave no token for the API server of the AKS cluster "${cluster}": ${messageOf(error)}`,
      { cluster },
    );
  }
  if (token !== null) return token;
  throw new TerminalError(
    `The app's credential gives no tokens for the API server of the AKS cluster "${cluster}": give the app a managed identity.`,
    { cluster },
  );
}
