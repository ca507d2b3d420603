// Every scene, in the order in which they are played. Each has a cluster of its own.
import type { Scene } from './scene';
import { DISRUPTIONS } from './scenes/disruptions';
import { JOBS_THAT_ARE_ENDED } from './scenes/jobs-that-are-ended';
import { JOBS_THAT_END } from './scenes/jobs-that-end';
import { NODE } from './scenes/node';
import { NODE_LOST } from './scenes/node-lost';
import { PODS_IN_TROUBLE } from './scenes/pods-in-trouble';
import {
  ADMISSION,
  ADMISSION_POLICY,
  ANONYMOUS,
  BOOKMARKS,
  CONTROL_PLANE_FAULTS,
  OLD_VERSIONS,
} from './scenes/refusals';
import { REQUESTS } from './scenes/requests';

export const ALL_SCENES: readonly Scene[] = [
  REQUESTS,
  ...NODE,
  ...JOBS_THAT_END,
  ...PODS_IN_TROUBLE,
  ...JOBS_THAT_ARE_ENDED,
  ...DISRUPTIONS,
  OLD_VERSIONS,
  ANONYMOUS,
  ...CONTROL_PLANE_FAULTS,
  ADMISSION,
  ADMISSION_POLICY,
  BOOKMARKS,
  NODE_LOST,
];
