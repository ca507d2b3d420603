// The fields of a Kubernetes Job (batch/v1) and of what is around it, and what becomes of each.
import { type FieldRules, ignored, READ, refused, SILENT } from './field-rules';

export const OBJECT_RULES: FieldRules = {
  apiVersion: READ,
  kind: READ,
  metadata: READ,
  spec: READ,
  status: SILENT,
};

export const METADATA_RULES: FieldRules = {
  name: READ,
  generateName: READ,
  labels: READ,
  annotations: READ,
  namespace: ignored('has no meaning here: jobs have no namespaces', ['default']),
  ownerReferences: ignored('has no meaning here: a job belongs to nobody else'),
  finalizers: ignored('has no meaning here: the runner removes what it created'),
  creationTimestamp: SILENT,
  deletionGracePeriodSeconds: SILENT,
  deletionTimestamp: SILENT,
  generation: SILENT,
  managedFields: SILENT,
  resourceVersion: SILENT,
  selfLink: SILENT,
  uid: SILENT,
};

const ONE_PROGRAM = 'is refused: a job runs one program once; submit one job for each';

export const JOB_RULES: FieldRules = {
  template: READ,
  backoffLimit: READ,
  activeDeadlineSeconds: READ,
  podFailurePolicy: READ,
  parallelism: refused(ONE_PROGRAM, [1]),
  completions: refused(ONE_PROGRAM, [1]),
  completionMode: refused(ONE_PROGRAM, ['NonIndexed']),
  backoffLimitPerIndex: refused(ONE_PROGRAM),
  maxFailedIndexes: refused(ONE_PROGRAM),
  successPolicy: refused(ONE_PROGRAM),
  suspend: READ,
  managedBy: refused('is refused: the runner itself drives the job', ['kubernetes.io/job-controller']),
  ttlSecondsAfterFinished: ignored(
    'has no effect: the workload is removed as soon as it is over, its record and log are kept',
  ),
  podReplacementPolicy: ignored('has no effect: a job has one workload at a time anyway'),
  selector: SILENT,
  manualSelector: SILENT,
};

export const TEMPLATE_RULES: FieldRules = { metadata: SILENT, spec: READ };
