// The genuine ARM clients of one subscription; only endpoint and credential differ between Azure and an emulator.
import type { TokenCredential } from '@azure/core-auth';

import type { AciClients } from '../backends/aci/aci-backend';
import { isLoopback } from './settings';

/** Reads and deletes are tried again by our own callers; the SDK's part is to bear a hiccup. */
const READ_RETRIES = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 };

/** Loads the SDK when it is first needed. */
export async function aciClients(
  endpoint: URL,
  subscriptionId: string,
  credential: () => Promise<TokenCredential>,
): Promise<AciClients> {
  const [{ ContainerInstanceManagementClient }, armCredential] = await Promise.all([
    import('@azure/arm-containerinstance'),
    isLoopback(endpoint) ? noCredential : credential(),
  ]);
  const address = endpoint.origin;
  const pipelineOf = await pipelines(endpoint);
  const client = (retryOptions: { maxRetries: number }): AciClients['creating'] =>
    new ContainerInstanceManagementClient(armCredential, subscriptionId, {
      endpoint: address,
      retryOptions,
      ...pipelineOf(retryOptions),
    });
  return { creating: client({ maxRetries: 0 }), reading: client(READ_RETRIES) };
}

/** The bearer policy refuses http whatever it is told (azure-container-instances.md A.6), so for an emulator one that does nothing stands in its place. */
async function pipelines(endpoint: URL): Promise<(retryOptions: object) => object> {
  if (!isLoopback(endpoint)) return () => ({});
  const [{ createClientPipeline }, { bearerTokenAuthenticationPolicyName }] = await Promise.all([
    import('@azure/core-client'),
    import('@azure/core-rest-pipeline'),
  ]);
  return (retryOptions) => {
    const pipeline = createClientPipeline({ retryOptions });
    pipeline.addPolicy({
      name: bearerTokenAuthenticationPolicyName,
      sendRequest: (request, next) => next(request),
    });
    return { pipeline, allowInsecureConnection: true };
  };
}

const noCredential: TokenCredential = {
  getToken: () => Promise.reject(new Error('No token is asked for on loopback.')),
};
