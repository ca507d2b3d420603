// Whether this identity may do what a job's life takes: one access review for each right.
import type { Check } from '../../../domain/backend/check';
import { checkOf } from '../../findings';
import type { ClusterApi } from '../cluster/cluster-api';
import { granting } from '../missing-right';
import { type Right, rightInWords, RUNNER_RIGHTS } from '../rights';
import { accessReviewSchema, selfReviewSchema } from './cluster-objects';
import { askReview } from './read-cluster';

const ACCESS_REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const SELF_REVIEWS = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

/** Rejects with RetryableError where the server does not answer a review. */
export async function rightsCheck(name: string, api: ClusterApi, namespace: string): Promise<Check> {
  const [asked, user] = await Promise.all([
    Promise.all(RUNNER_RIGHTS.map(async (right) => ({ right, may: await mayI(api, namespace, right) }))),
    whoAmI(api),
  ]);
  const who = user === undefined ? 'this identity' : `"${user}"`;
  const missing = asked.filter(({ may }) => !may).map(({ right }) => rightInWords(right));
  const well = `${who} may do all of ${asked.length} things that a job's life takes in ${namespace}`;
  return checkOf(
    name,
    well,
    missing.length === 0
      ? []
      : [
          {
            standing: 'failed',
            detail: `${who} may not ${missing.join(', ')} in namespace ${namespace}`,
            todo: granting(namespace, user),
          },
        ],
  );
}

async function mayI(api: ClusterApi, namespace: string, { verb, group, resource }: Right): Promise<boolean> {
  const [plural = '', subresource] = resource.split('/');
  const attributes = { namespace, verb, group, resource: plural, subresource };
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: attributes },
  };
  return (await askReview(api, ACCESS_REVIEWS, review, accessReviewSchema)).status.allowed;
}

/** The name that a binding has to have; undefined of a server that does not tell, such as one older than 1.28. */
async function whoAmI(api: ClusterApi): Promise<string | undefined> {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  try {
    return (await askReview(api, SELF_REVIEWS, review, selfReviewSchema)).status.userInfo.username;
  } catch {
    return undefined; // The name only makes the command easier to paste.
  }
}
