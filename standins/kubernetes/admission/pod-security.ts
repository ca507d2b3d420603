// Pod Security: what a namespace's level forbids, in the recorded words (O04, O05).
import { forbidden } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { NAMESPACES } from '../resources/resources';
import { type JsonObject, objectAt } from '../store/json';
import type { Admission } from '../writes/creation';
import { type PodSecurityLevel, violations } from './pod-security-rules';

const LABEL = 'pod-security.kubernetes.io/';

/** Kinds whose pods come from a template: their template is only warned of. */
const TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  'jobs.batch': ['spec', 'template', 'spec'],
  'cronjobs.batch': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/**
 * Throws the 403 for a pod that the level forbids. Warns by the level of warnings; a template also by the level that is
 * enforced, where the namespace names no level of warnings (recorded: O04, whose namespace has `enforce` alone).
 */
export function checkPodSecurity(context: KubernetesContext, admission: Admission, body: JsonObject): void {
  const { resource, namespace, name, warn } = admission;
  if (namespace === undefined) return;
  const template = TEMPLATE_PATHS[resource.name];
  const isPod = resource.name === 'pods';
  if (!isPod && !template) return;
  const spec = template ? objectAt(body, ...template) : objectAt(body, 'spec');
  const labels = context.store.get({ resource: NAMESPACES.name, name: namespace })?.metadata.labels ?? {};
  if (isPod) {
    const refused = judged(labels, 'enforce', spec);
    if (refused !== undefined) throw forbidden(resource, name, `violates PodSecurity ${refused}`);
  }
  const warned = judged(labels, isPod || `${LABEL}warn` in labels ? 'warn' : 'enforce', spec);
  if (warned !== undefined) warn?.(`would violate PodSecurity ${warned}`);
}

function judged(
  labels: Readonly<Record<string, string>>,
  mode: 'enforce' | 'warn',
  spec: JsonObject,
): string | undefined {
  const level = levelOf(labels[LABEL + mode]);
  if (level === undefined) return undefined;
  const found = violations(level, spec);
  if (found.length === 0) return undefined;
  const version = labels[`${LABEL}${mode}-version`] ?? 'latest';
  return `"${level}:${version}": ${found.join(', ')}`;
}

function levelOf(label: string | undefined): PodSecurityLevel | undefined {
  return label === 'restricted' || label === 'baseline' ? label : undefined;
}
