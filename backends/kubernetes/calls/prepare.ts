// Makes the Secrets of a job before its Job, which names them.
import { messageOf, TerminalError } from '../../../domain/errors';
import { reason } from '../../../domain/job/failure-reason';
import type { CreateRequest, PrepareAnswer, WorkloadRef } from '../../../domain/ports/compute-backend';
import { createAnswer } from '../create-answer';
import { type SecretManifest, secretsOfRequest } from '../secrets-of-request';
import type { Cluster } from './cluster-of';
import { listPath } from './paths';
import { findSecret } from './secret-reads';

const CONFLICT = 409;

/** Resolves in any case, but for a defect of ours. */
export async function prepare(cluster: Cluster, request: CreateRequest): Promise<PrepareAnswer> {
  let secrets: SecretManifest[];
  try {
    secrets = secretsOfRequest(request);
  } catch (error) {
    if (error instanceof TerminalError) return { kind: 'refused', reason: reason('refused', error.message) };
    throw error;
  }
  if (secrets.length === 0) return { kind: 'not-needed' };
  for (const secret of secrets) {
    const answer = await made(cluster, secret, request);
    if (answer.kind !== 'ready') return answer;
  }
  return { kind: 'ready' };
}

/** A Secret of ours that stands is left as it is: each request of a workload has the same values. */
async function made(
  cluster: Cluster,
  secret: SecretManifest,
  { ref, timeoutMs }: CreateRequest,
): Promise<PrepareAnswer> {
  const path = listPath(cluster.namespace, 'secrets', { fieldValidation: 'Strict' });
  try {
    const answer = await cluster.send({ method: 'POST', path, body: secret, timeoutMs });
    if (answer.status === CONFLICT) return await standing(cluster, secret.metadata.name, ref);
    const said = createAnswer(answer);
    return said.kind === 'accepted' ? { kind: 'ready' } : said;
  } catch (error) {
    // The way to the cluster can't be used, so nothing was sent.
    if (error instanceof TerminalError)
      return { kind: 'refused', reason: reason('refused', error.message, 'infrastructure') };
    return { kind: 'unknown', why: messageOf(error) };
  }
}

async function standing(cluster: Cluster, name: string, ref: WorkloadRef): Promise<PrepareAnswer> {
  const found = await findSecret(cluster, name, ref);
  if (found === undefined || found.metadata.deletionTimestamp !== undefined)
    return { kind: 'unknown', why: `Secret ${name} is being deleted.` };
  if (found.isOurs) return { kind: 'ready' };
  return {
    kind: 'refused',
    reason: reason('name-taken', `Another Secret has the name ${name} in namespace ${cluster.namespace}.`),
  };
}
