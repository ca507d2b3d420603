// Queue `gpu-jobs-kick`: a place may be free, or a job may be due; the dispatcher looks.
import { app, type InvocationContext } from '@azure/functions';

import { KICK_QUEUE, type Services } from '../../app/services';
import { onKick } from '../../jobs/placement/kick';
import { DURABLE_CLIENT, withStarter } from '../context';

export function registerOnKick(services: Services): void {
  app.storageQueue('onKick', {
    queueName: KICK_QUEUE,
    connection: 'AzureWebJobsStorage',
    extraInputs: [DURABLE_CLIENT],
    handler: (entry, context: InvocationContext) => onKick(withStarter(services, context), entry),
  });
}
