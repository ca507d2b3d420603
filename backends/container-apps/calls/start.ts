// Starts the definition once: the create of this platform.
import { messageOf } from '../../../domain/errors';
import type { CreateAnswer, CreateRequest } from '../../../domain/ports/compute-backend';
import { startAnswer } from '../answers';
import type { Apps } from './apps-of';

/** Sent once, by a client that retries nothing (I1). It has no body: the definition says all. */
export async function start(apps: Apps, { ref, timeoutMs }: CreateRequest): Promise<CreateAnswer> {
  let answer: CreateAnswer | undefined;
  try {
    const options = apps.options(
      'create',
      ({ request: { method }, status, bodyAsText }) => {
        // The POST's own answer counts; a poll after it says nothing about it.
        if (method === 'POST') answer ??= startAnswer(status, bodyAsText ?? '');
      },
      timeoutMs,
    );
    await apps.clients().starting.jobs.start(apps.placement.resourceGroup, ref.name, options).submitted();
  } catch (error) {
    answer ??= { kind: 'unknown', why: messageOf(error) };
  }
  return answer ?? { kind: 'unknown', why: 'The client reported no answer to the start.' };
}
