// What the API server fills in of a Job, and the selector that it makes (recorded: C01, C25, C33).
import { at, isObject, type JsonObject, listAt, objectAt } from '../store/json';
import { defaultPodSpec } from './pod-defaults';

export function defaultJob(job: JsonObject): JsonObject {
  const spec = objectAt(job, 'spec');
  const template = objectAt(spec, 'template');
  const { parallelism, completions } = spec;
  return {
    ...job,
    spec: {
      ...spec,
      parallelism: parallelism ?? 1,
      ...((completions !== undefined || parallelism === undefined) && { completions: completions ?? 1 }),
      backoffLimit: spec['backoffLimit'] ?? (spec['backoffLimitPerIndex'] === undefined ? 6 : 2_147_483_647),
      manualSelector: spec['manualSelector'] ?? false,
      ...(isObject(spec['podFailurePolicy']) && {
        podFailurePolicy: { rules: listAt(spec, 'podFailurePolicy', 'rules').map(defaultRule) },
      }),
      template: { ...template, spec: defaultPodSpec(objectAt(template, 'spec')) },
      completionMode: spec['completionMode'] ?? 'NonIndexed',
      suspend: spec['suspend'] ?? false,
      // A failure policy judges pods that have failed, so it must not be overtaken by their replacement.
      podReplacementPolicy:
        spec['podReplacementPolicy'] ??
        (spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed'),
    },
  };
}

function defaultRule(rule: JsonObject[string]): JsonObject {
  const patterns = listAt(rule, 'onPodConditions').map((pattern) => ({
    ...objectAt(pattern),
    status: at(pattern, 'status') === '' ? 'True' : at(pattern, 'status'),
  }));
  return { ...objectAt(rule), onPodConditions: patterns };
}

/**
 * Labels the pods of a Job by its uid and name, and selects them by the uid. A Job without labels of its own gets its
 * template's. A manual selector is left alone.
 */
export function selectPods(job: JsonObject, name: string, uid: string): JsonObject {
  const spec = objectAt(job, 'spec');
  if (at(spec, 'manualSelector') === true) return job;
  const own = objectAt(spec, 'template', 'metadata', 'labels');
  const labels = {
    ...own,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = objectAt(spec, 'template');
  const metadata = objectAt(job, 'metadata');
  const unlabelled = Object.keys(objectAt(metadata, 'labels')).length === 0;
  return {
    ...job,
    metadata: { ...metadata, ...(unlabelled && { labels }) },
    spec: {
      ...spec,
      selector: {
        ...objectAt(spec, 'selector'),
        matchLabels: {
          ...objectAt(spec, 'selector', 'matchLabels'),
          'batch.kubernetes.io/controller-uid': uid,
        },
      },
      template: { ...template, metadata: { ...objectAt(template, 'metadata'), labels } },
    },
  };
}
