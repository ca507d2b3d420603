// Images that don't come: texts of a waiting container, its reason before them.
import type { Reason } from '../../../domain/job/failure-reason';
import { type FailureTable, reasonBy } from '../../failure-row';
import { NO_RIGHT_TO_PULL, NO_SUCH_IMAGE, REGISTRY_IN_TROUBLE, withoutImageNames } from '../../image-words';

/** Reasons of a container that waits for its image. */
export const IMAGE_REASONS: readonly string[] = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];

export const IMAGE_FAILURES: FailureTable = [
  {
    shown: '`InvalidImageName`',
    text: /^InvalidImageName/,
    reason: 'image-not-found',
    advice: 'Write the image as registry/repository:tag, in lower case.',
    source: 'L9-pod-pull-badname',
  },
  {
    shown: '`ErrImageNeverPull`',
    text: /^ErrImageNeverPull/,
    reason: 'image-not-found',
    source: 'L9-pod-pull-never',
  },
  {
    shown: '"toomanyrequests", 429, 5xx, `RegistryUnavailable`',
    text: REGISTRY_IN_TROUBLE,
    reason: 'registry',
    source: 'documented: registries and their limits',
  },
  {
    shown: '401, 403, "denied", "unauthorized", "authentication required"',
    text: NO_RIGHT_TO_PULL,
    reason: 'image-not-found',
    advice:
      'The cluster needs a right to pull it: `registry` of the spec, or a pull secret of the placement.',
    source: 'L9-pod-pull-auth',
  },
  {
    shown: '"not found", "manifest unknown", "does not exist", "no match for platform"',
    text: NO_SUCH_IMAGE,
    reason: 'image-not-found',
    source: 'L8-01, L8-03',
  },
  {
    shown: 'anything else: time-outs, "connection refused"',
    reason: 'image-pull',
    source: 'L8-03: the kubelet goes on trying',
  },
];

/** Why an image does not come. Its own name, which may hold any of the words looked for, is left out of the search. */
export function imageReason(waiting: string, message: string): Reason {
  const text = `${waiting}: ${message}`;
  return reasonBy(IMAGE_FAILURES, withoutImageNames(text), () => `The image can't be pulled: ${text}`);
}
