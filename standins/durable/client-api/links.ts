// The addresses that the management API gives out. All of them lead to the webhook front.

export const WEBHOOK_PATH = '/runtime/webhooks/durabletask';
export const RPC_PATH = '/durabletask';

export interface LinkParts {
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  readonly hubName: string;
  /** The name of the app setting with the storage connection. */
  readonly connectionName: string;
  /** The `code` of the webhooks. The local host gives it out and does not ask for it. */
  readonly key: string;
}

/** The addresses for one instance, by the names that the binding and the answers give them. */
export function instanceLinks(parts: LinkParts, instanceId: string): Record<string, string> {
  const instance = `${parts.origin}${WEBHOOK_PATH}/instances/${formEncoded(instanceId)}`;
  const query = `taskHub=${formEncoded(parts.hubName)}&connection=${formEncoded(parts.connectionName)}&${keyQuery(parts)}`;
  return {
    id: instanceId,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}

/** The addresses that start an instance. */
export function creationLinks(parts: LinkParts): Record<string, string> {
  const start = `${parts.origin}${WEBHOOK_PATH}/orchestrators/{functionName}[/{instanceId}]`;
  return {
    createNewInstancePostUri: `${start}?${keyQuery(parts)}`,
    createAndWaitOnNewInstancePostUri: `${start}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${keyQuery(parts)}`,
  };
}

export function keyQuery({ key }: LinkParts): string {
  return `code=${formEncoded(key)}`;
}

/** As .NET's WebUtility.UrlEncode: a blank becomes `+`. */
function formEncoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/['~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
