// Queue `gpu-jobs`: each message is a job spec. A message that can't become a job is kept as Rejected with its reason,
// and is not retried in vain.
import { app, type InvocationContext } from '@azure/functions';

import { JOBS_QUEUE, type Services } from '../../app/services';
import { reason, type ReasonCode } from '../../domain/job/failure-reason';
import { refusalsInWords } from '../../domain/placement/refusals';
import { parseJobSpec, type SpecProblem } from '../../domain/spec/job-spec';
import { redacted } from '../../domain/spec/redact';
import { policyProblems } from '../../domain/spec/submission-rules';
import { submitArray } from '../../jobs/group/submit-array';
import { reject } from '../../jobs/job/reject';
import { submit } from '../../jobs/job/submit';
import { DURABLE_CLIENT, withStarter } from '../context';
import { dispatchNow } from '../dispatch-now';
import { messageKey } from './message-key';
import { queueAdvice } from './queue-advice';
import { parseQueueMessage } from './queue-message';

export function registerSubmitFromQueue(services: Services): void {
  app.storageQueue('submitFromQueue', {
    queueName: JOBS_QUEUE,
    connection: 'AzureWebJobsStorage',
    extraInputs: [DURABLE_CLIENT],
    handler: (entry, context) => submitFromQueue(services, entry, context),
  });
}

async function submitFromQueue(
  services: Services,
  entry: unknown,
  context: InvocationContext,
): Promise<void> {
  const message = parseQueueMessage(entry);
  const ownKey = messageKey(context.triggerMetadata, entry, message.bytes);
  const refuse = async (code: ReasonCode, why: string): Promise<void> => {
    const rejected = {
      key: ownKey,
      bytes: redacted(message.bytes),
      reason: reason(code, why),
      source: 'queue',
    } as const;
    const jobId = await reject(services, rejected);
    context.warn(`Message ${ownKey} is rejected as job ${jobId}: ${why}`);
  };

  const advised = (why: string): string =>
    [why, queueAdvice(message.bytes.toString('utf8'), message.ok)]
      .filter((part) => part !== undefined)
      .join(' ');

  if (!message.ok)
    return refuse('invalid-spec', advised(`The message is not JSON that a spec can be: ${message.why}.`));
  const parsed = parseJobSpec(message.value, services.times.unknownFateS);
  if (!parsed.ok) return refuse('invalid-spec', advised(`${inWords(parsed.problems)}.`));
  const forbidden = policyProblems(parsed.spec, {
    literalSecrets: false,
    vault: services.vault !== undefined,
    arrays: true,
  });
  if (forbidden.length > 0) return refuse('invalid-spec', inWords(forbidden));

  const { spec } = parsed;
  const key = spec.idempotencyKey ?? ownKey;
  const submission = { spec, key, source: 'queue' } as const;
  const submitted =
    spec.array === undefined
      ? await submit(services, submission)
      : await submitArray(withStarter(services, context), submission);
  switch (submitted.kind) {
    case 'accepted':
      return dispatchNow(services, context);
    case 'conflict':
      return refuse(
        'invalid-spec',
        `The idempotency key "${key}" has made ${'id' in submitted ? submitted.id : submitted.jobId} from another spec.`,
      );
    case 'forbidden':
      return refuse('invalid-spec', inWords(submitted.problems));
    case 'no-placement':
      return refuse('no-placement', refusalsInWords(submitted.refusals));
  }
}

function inWords(problems: readonly SpecProblem[]): string {
  return problems
    .map(({ pointer, message }) => `${pointer === '' ? 'the message' : pointer} ${message}`)
    .join('; ');
}
