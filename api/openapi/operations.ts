// All operations of the HTTP API; a test compares them with the functions that the app registers.
import { DEPLOYMENT_OPERATIONS } from './deployment-operations';
import { GROUP_OPERATIONS } from './group-operations';
import { JOB_OPERATIONS } from './job-operations';
import type { Operation } from './operation';
import { OUTPUT_OPERATIONS } from './output-operations';
import { SCHEDULE_OPERATIONS } from './schedule-operations';
import { SUBMISSION_OPERATIONS } from './submission-operations';

export const OPERATIONS: readonly Operation[] = [
  ...SUBMISSION_OPERATIONS,
  ...JOB_OPERATIONS,
  ...GROUP_OPERATIONS,
  ...OUTPUT_OPERATIONS,
  ...SCHEDULE_OPERATIONS,
  ...DEPLOYMENT_OPERATIONS,
];
