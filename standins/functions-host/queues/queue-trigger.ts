// The functions that queues trigger: their queues, found as the real host finds them, and a listener for each.
import { QueueServiceClient } from '@azure/storage-queue';
import { z } from 'zod';

import type { Timers } from '../../kernel/timers';
import type { LoadedFunction } from '../app/function-app';
import type { FunctionRunner } from '../app/function-runner';
import { MIN_POLLING_INTERVAL_MS, type QueuesOptions } from '../host-json';
import { resolveSettings } from '../local-settings';
import { createBackoff } from './backoff';
import { createQueueListener, type QueueListener, type QueueListenerOptions } from './queue-listener';
import { queueTriggerMetadata } from './queue-message';
import { createQueuePort } from './queue-port';

const queueBinding = z.looseObject({
  queueName: z.string().min(1),
  connection: z.string().min(1).default('AzureWebJobsStorage'),
});

export interface QueueTriggerOptions {
  readonly queues: QueuesOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly hiddenForS: number;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: QueueListenerOptions['log'];
}

export interface QueueFunction {
  readonly loaded: LoadedFunction;
  readonly queueName: string;
  readonly connectionString: string;
}

/** The app's queue functions. Throws, naming the setting, when a connection or a `%Setting%` is missing. */
export function queueFunctions(
  functions: readonly LoadedFunction[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly QueueFunction[] {
  return functions
    .filter(({ trigger }) => trigger.type.toLowerCase() === 'queuetrigger')
    .map((loaded) => {
      const { queueName, connection } = queueBinding.parse(loaded.trigger);
      const usedBy = `The queue trigger of function "${loaded.name}"`;
      return {
        loaded,
        queueName: resolveSettings(queueName, environment, usedBy).toLowerCase(),
        connectionString: connectionString(
          resolveSettings(connection, environment, usedBy),
          environment,
          usedBy,
        ),
      };
    });
}

/** A listener for the function's queue. It is not started yet. */
export function queueListener(
  { loaded, queueName, connectionString }: QueueFunction,
  runner: FunctionRunner,
  options: QueueTriggerOptions,
): QueueListener {
  // The listener has its own back-off. The client's retries would hide an outage for half a minute.
  const service = QueueServiceClient.fromConnectionString(connectionString, {
    retryOptions: { maxTries: 1 },
  });
  const poisonName = poisonQueueName(queueName);
  const { queues } = options;
  return createQueueListener({
    queue: createQueuePort(service.getQueueClient(queueName)),
    poison: poisonName === undefined ? undefined : createQueuePort(service.getQueueClient(poisonName)),
    batchSize: queues.batchSize,
    newBatchThreshold: queues.newBatchThreshold,
    maxDequeueCount: queues.maxDequeueCount,
    messageEncoding: queues.messageEncoding,
    retryAfterS: Math.floor(queues.visibilityTimeout / 1000),
    hiddenForS: options.hiddenForS,
    backoff: createBackoff(MIN_POLLING_INTERVAL_MS, queues.maxPollingInterval, options.random),
    timers: options.timers,
    log: options.log,
    handle: async (message, text) => {
      const metadata = queueTriggerMetadata(message, text);
      return (await runner.run(loaded, { string: text }, metadata)).status === 'success';
    },
  });
}

/** `<queue>-poison`; undefined where the real host has none: for a poison queue, and if the name would be too long. */
function poisonQueueName(queueName: string): string | undefined {
  const name = `${queueName}-poison`;
  return queueName.endsWith('-poison') || name.length > 63 ? undefined : name;
}

function connectionString(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  usedBy: string,
): string {
  const found =
    environment[name] ?? environment[`AzureWebJobs${name}`] ?? environment[`ConnectionStrings__${name}`];
  if (found !== undefined && found !== '') return found;
  const byIdentity = Object.keys(environment).some((key) => key.startsWith(`${name}__`));
  throw new Error(
    byIdentity
      ? `${usedBy} connects by identity (settings ${name}__…). The local host offers connection strings only: set ${name}.`
      : `${usedBy} needs the setting ${name}: a storage connection string, for example UseDevelopmentStorage=true.`,
  );
}
