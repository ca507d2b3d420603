// Makes the definition, the first of the two calls of a create.
import { messageOf, TerminalError } from '../../../domain/errors';
import { reason } from '../../../domain/job/failure-reason';
import type { CreateRequest, PrepareAnswer } from '../../../domain/ports/compute-backend';
import { areOurs } from '../../workload-marks';
import { putAnswer } from '../answers';
import { definitionOfRequest } from '../definition-of-request';
import type { Apps } from './apps-of';
import { definitionOf } from './look';

/**
 * Looks before it puts: a second PUT would begin the provisioning anew (docs/facts/container-apps.md#definition). A
 * definition that stands stays as it is, ours or not.
 */
export async function prepare(apps: Apps, request: CreateRequest): Promise<PrepareAnswer> {
  const found = await definitionOf(apps, request.ref);
  if (found.kind === 'unreadable') return { kind: 'unknown', why: found.why };
  if (found.kind === 'absent') return put(apps, request);
  const { tags, provisioningState } = found.definition;
  if (!areOurs(tags, request.ref))
    return { kind: 'refused', reason: reason('name-taken', `The job ${request.ref.name} isn't ours.`) };
  switch (provisioningState) {
    case 'Succeeded':
      return { kind: 'ready' };
    case 'Failed':
    case 'Canceled':
      return {
        kind: 'refused',
        reason: reason(
          'refused',
          `The provisioning of the job's definition came to nothing (${provisioningState}); the platform tells no reason.`,
          'infrastructure',
        ),
      };
    case 'InProgress':
    case 'Deleting':
    case undefined:
    default:
      return { kind: 'not-yet' };
  }
}

async function put(apps: Apps, request: CreateRequest): Promise<PrepareAnswer> {
  let answer: PrepareAnswer | undefined;
  try {
    const definition = definitionOfRequest(request, apps.placement);
    const options = apps.options(
      'create',
      ({ request: { method }, status, bodyAsText }) => {
        if (method === 'PUT') answer = putAnswer(status, bodyAsText ?? '');
      },
      request.timeoutMs,
    );
    const { reading } = apps.clients();
    await reading.jobs
      .createOrUpdate(apps.placement.resourceGroup, request.ref.name, definition, options)
      .submitted();
  } catch (error) {
    // The configuration may have changed since the job was accepted. Then nothing is sent.
    if (error instanceof TerminalError) return { kind: 'refused', reason: reason('refused', error.message) };
    answer ??= { kind: 'unknown', why: messageOf(error) };
  }
  return answer ?? { kind: 'unknown', why: 'The client reported no answer to the PUT of the definition.' };
}
