// From what Container Instances shows to a typed reason, by the failure table. Pure.
import { type Reason, reason, type ReasonCode } from '../../domain/job/failure-reason';
import { startCause } from '../start-words';
import { classOf, type FailurePlace, type FailureRow, findRow, type Symptom } from './failure-row';
import { FAILURE_TABLE } from './failure-table';
import type { EndingState } from './group-failures';

/**
 * A 409 refuses only with a code of one of these, or of the next; any other leaves the create's fate unknown (protocol
 * §4.1).
 */
const REFUSING_CONFLICTS: readonly ReasonCode[] = ['capacity', 'quota', 'registry'];

/**
 * Resource Manager's own 409s: it answers them before the request reaches Container Instances
 * (docs/facts/azure-resource-manager.md#refused-before-the-service).
 */
const REFUSED_BEFORE_THE_SERVICE: readonly string[] = [
  'MissingSubscriptionRegistration',
  'SubscriptionNotRegistered',
  'ReadOnlyDisabledSubscription',
  'ScopeLocked',
];

/** Whether a 409 with this code says that nothing was created. */
export function isRefusingConflict(code: string | undefined): boolean {
  if (code !== undefined && REFUSED_BEFORE_THE_SERVICE.includes(code)) return true;
  const row = FAILURE_TABLE.find(
    ({ where, codes }) => where === 'create' && code !== undefined && codes?.includes(code) === true,
  );
  return row !== undefined && REFUSING_CONFLICTS.includes(row.reason);
}

/** Why a create was refused. */
export function refusalReason(status: number, code: string | undefined, message: string): Reason {
  const row = rowFor('create', { status, code, text: message });
  const text = `${code ?? `HTTP ${status}`}: ${message}`;
  return reason(row.reason, text, classOf(row));
}

/**
 * Why a group's provisioning failed; the service names no code there
 * (docs/facts/container-instances.md#provisioning-fails).
 */
export function provisioningReason(text: string): Reason {
  const row = rowFor('provisioning', { text: withoutNames(text) });
  if (row.reason === 'image-pull') return imageReason(text);
  if (row.reason === 'cannot-start') return startReason(text);
  if (row.reason !== 'given-up') return reason(row.reason, text, classOf(row));
  const said = text === '' ? 'it said no more' : text;
  return reason('given-up', `The platform could not provision the container group: ${said}`);
}

/**
 * That a group which is not provisioned yet waits for capacity, when its events say so: in the words of one that failed
 * for want of it.
 */
export function lackReason(text: string): Reason | undefined {
  const row = rowFor('provisioning', { text: withoutNames(text) });
  return row.reason === 'capacity' ? reason('capacity', text) : undefined;
}

/** Why a program that waits for a share to be mounted does not start. */
export function mountReason(event: string, message: string): Reason {
  const row = rowFor('provisioning', { text: event });
  const todo = 'Look whether the share exists and whether its key in the key vault is right: gpujobs doctor.';
  return reason(row.reason, `${event}: ${message} ${todo}`, classOf(row));
}

/** Why an image could not be pulled: it isn't there or isn't ours to pull, else the registry's trouble. */
export function imageReason(text: string): Reason {
  const row = rowFor('image', { text: withoutNames(text) });
  return reason(row.reason, text === '' ? 'The image could not be pulled; the platform said no more.' : text);
}

/** Why a program could not be started: its owner's doing, or the machine's. */
export function startReason(text: string): Reason {
  const row = rowFor('start', { text });
  const why = text === '' ? 'the platform said no more' : startCause(text);
  const advice = row.advice === undefined ? '' : ` ${row.advice}`;
  return reason(row.reason, `The program could not be started: ${why}.${advice}`, classOf(row));
}

/** Why an end without an exit code ends the attempt. */
export function stateReason(state: EndingState, message: string): Reason {
  const row = rowFor('state', { code: state });
  return reason(row.reason, message, classOf(row));
}

/** Whether a 404 with this code is about the group itself, not about what it stands in. */
export function namesGroup(code: string | undefined): boolean {
  return rowFor('look', { status: 404, code }).reason === 'lost';
}

/** Images stand in double quotes, and their names may hold any of the words that are looked for. */
function withoutNames(text: string): string {
  return text.replaceAll(/"[^"]*"/g, '""');
}

function rowFor(where: FailurePlace, symptom: Symptom): FailureRow {
  const row = findRow(FAILURE_TABLE, where, symptom);
  if (row !== undefined) return row;
  throw new Error(
    `The failure table has no row for ${where} ${JSON.stringify(symptom)}; its last row for each place must match everything.`,
  );
}
