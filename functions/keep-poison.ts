// Queue `gpu-jobs-poison`: a message that could not be handled again and again is kept as a Rejected job. It only stores, and can't fail on content.
import { app, type InvocationContext } from '@azure/functions';

import type { Services } from '../app/services';
import { reason } from '../domain/failure-reason';
import { redacted } from '../domain/redact';
import { reject } from '../jobs/reject';
import { withLog } from './context';
import { messageIdOf, parseQueueMessage } from './queue-message';
import { JOBS_QUEUE } from './submit-from-queue';

export function registerKeepPoison(services: Services): void {
  app.storageQueue('keepPoison', {
    queueName: `${JOBS_QUEUE}-poison`,
    connection: 'AzureWebJobsStorage',
    handler: (entry, context) => keepPoison(services, entry, context),
  });
}

export async function keepPoison(
  services: Services,
  entry: unknown,
  context: InvocationContext,
): Promise<void> {
  const messageId = messageIdOf(context);
  const why =
    'The message could not be handled, again and again; its content is kept and can be submitted again.';
  const jobId = await reject(withLog(services, context), {
    messageId,
    bytes: redacted(parseQueueMessage(entry).bytes),
    reason: reason('invalid-spec', why),
    source: 'queue',
  });
  context.error(`Message ${messageId} is kept as rejected job ${jobId}.`);
}
