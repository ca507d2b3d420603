// What ACI's codes and texts mean: one table from its words to typed reasons. Pure.
import { type Reason, reason, type ReasonCode } from '../../domain/failure-reason';

/** Error codes of a refused create (azure-container-instances.md D). What is not here is `refused`. */
const REASON_OF_CODE: Readonly<Record<string, ReasonCode>> = {
  ServiceUnavailable: 'capacity',
  'InsufficientCapacity.': 'capacity',
  InsufficientCapacity: 'capacity',
  ContainerGroupQuotaReached: 'quota',
  RegistryErrorResponse: 'registry',
  InaccessibleImage: 'image-not-found',
  ResourceRequestsThrottled: 'throttled',
  TooManyRequests: 'throttled',
};

/** Codes with which a 409 is a refusal; any other 409 leaves the create's fate unknown (protocol §4.1). */
export const REFUSING_CONFLICTS: readonly string[] = [
  'ServiceUnavailable',
  'InsufficientCapacity',
  'InsufficientCapacity.',
  'ContainerGroupQuotaReached',
  'RegistryErrorResponse',
];

/** Why a create was refused. */
export function refusalReason(status: number, code: string | undefined, message: string): Reason {
  const text = `${code ?? `HTTP ${status}`}: ${message}`;
  if (status === 429) return reason('throttled', text);
  return reason(REASON_OF_CODE[code ?? ''] ?? 'refused', text);
}

/** Why a group's provisioning failed; the service names no code there (azure-container-instances.md D, asynchronous). */
export function provisioningReason(text: string): Reason {
  if (/InsufficientCapacity|not available in the location/i.test(text)) return reason('capacity', text);
  if (/quota/i.test(text)) return reason('quota', text);
  if (/image/i.test(text) && /pull|accessible/i.test(text)) return imageReason(text);
  return reason(
    'given-up',
    `The platform could not provision the container group: ${text === '' ? 'it said no more' : text}`,
  );
}

/** Why an image could not be pulled: it isn't there or isn't ours to pull, else the registry's trouble. */
export function imageReason(text: string): Reason {
  const isMissing =
    /not found|manifest unknown|does not exist|access denied|denied|unauthorized|not accessible|authorization failed/i;
  return reason(isMissing.test(text) ? 'image-not-found' : 'image-pull', text);
}
