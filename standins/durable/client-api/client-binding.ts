// The value of a durableClient input binding (docs/facts/durable-functions.md#binding-of-the-client).
import { creationLinks, instanceLinks, keyQuery, type LinkParts, RPC_PATH, WEBHOOK_PATH } from './links';

/** With `rpcBaseUrl` the SDK sends every call there. The trailing slash matters. */
export function clientBinding(parts: LinkParts): string {
  return JSON.stringify({
    taskHubName: parts.hubName,
    creationUrls: creationLinks(parts),
    managementUrls: instanceLinks(parts, 'INSTANCEID'),
    baseUrl: `${parts.origin}${WEBHOOK_PATH}`,
    requiredQueryStringParameters: keyQuery(parts),
    rpcBaseUrl: `${parts.origin}${RPC_PATH}/`,
  });
}
