// Sends the one create of a Job.
import { messageOf, TerminalError } from '../../../domain/errors';
import { reason } from '../../../domain/job/failure-reason';
import type { CreateAnswer, CreateRequest } from '../../../domain/ports/compute-backend';
import { NotCarriedOut } from '../cluster/not-carried-out';
import { createAnswer } from '../create-answer';
import { jobOfRequest } from '../job-of-request';
import type { KubernetesPlacement } from '../placement';
import { secretsOfRequest } from '../secrets-of-request';
import type { Cluster } from './cluster-of';
import { listPath } from './paths';
import { findSecret } from './secret-reads';

/** Nothing was sent, which is as certain as a refusal. */
const TOO_LATE: CreateAnswer = {
  kind: 'refused',
  reason: reason('given-up', 'The time in which the Job could be sent had passed; it was not sent.'),
};

/** Resolves in any case, but for a defect of ours. */
export async function create(
  cluster: Cluster,
  request: CreateRequest,
  placement: KubernetesPlacement,
): Promise<CreateAnswer> {
  let job: object;
  let secretNames: readonly string[];
  try {
    job = jobOfRequest(request, placement);
    secretNames = secretsOfRequest(request).map(({ metadata }) => metadata.name);
  } catch (error) {
    // The configuration may have changed since the job was accepted, or its secrets are gone. Nothing is sent.
    if (error instanceof TerminalError) return { kind: 'refused', reason: reason('refused', error.message) };
    throw error;
  }
  const missing = await missingSecret(cluster, request, secretNames);
  if (missing !== undefined) return missing;
  if (request.mayBeSent?.() === false) return TOO_LATE;
  // An unknown field is an error then: it would only be warned of (docs/facts/kubernetes.md#unknown-fields).
  const path = listPath(cluster.namespace, 'jobs', { fieldValidation: 'Strict' });
  try {
    return createAnswer(
      await cluster.send({ method: 'POST', path, body: job, timeoutMs: request.timeoutMs }),
    );
  } catch (error) {
    // The way to the cluster can't be used, so nothing was created: there is no fate to wait for.
    if (error instanceof TerminalError || error instanceof NotCarriedOut)
      return { kind: 'refused', reason: reason('refused', error.message, 'infrastructure') };
    return { kind: 'unknown', why: messageOf(error) };
  }
}

/** A pod whose Secret is missing waits for it in vain, on a node that costs money: such a Job is not sent at all. */
async function missingSecret(
  cluster: Cluster,
  { ref }: CreateRequest,
  names: readonly string[],
): Promise<CreateAnswer | undefined> {
  for (const name of names) {
    let why: string | undefined;
    try {
      const found = await findSecret(cluster, name, ref);
      if (found?.isOurs !== true) why = `The Secret ${name} that the job needs is missing.`;
    } catch (error) {
      why = `Whether the Secret ${name} stands could not be read: ${messageOf(error)}`;
    }
    if (why !== undefined)
      return {
        kind: 'refused',
        reason: reason('refused', `${why} Its Job was not sent.`, 'infrastructure'),
      };
  }
  return undefined;
}
