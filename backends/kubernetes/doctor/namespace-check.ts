// Whether the namespace takes the placement's pods: it is there, it is not ending, its Pod Security lets them in. Pure.
import type { Check } from '../../../domain/backend/check';
import type { PodSecurityLevel } from '../../../manifests/pod-security';
import { checkOf, type Finding } from '../../findings';
import type { Namespace } from './cluster-objects';
import { notAllowed } from './not-allowed';
import type { Read } from './read-cluster';

/** docs/facts/kubernetes.md#pod-security */
const LEVEL_LABEL = 'pod-security.kubernetes.io/enforce';
/** From the loosest on. */
const LEVELS: readonly PodSecurityLevel[] = ['privileged', 'baseline', 'restricted'];

export function namespaceCheck(
  name: string,
  { namespace, podSecurity }: { readonly namespace: string; readonly podSecurity: PodSecurityLevel },
  read: Read<Namespace>,
): Check {
  if (read.kind === 'forbidden') return notAllowed(name, `get namespace ${namespace}`);
  if (read.kind === 'absent')
    return checkOf(name, '', [
      {
        standing: 'failed',
        detail: `namespace ${namespace} does not exist`,
        todo: `"kubectl create namespace ${namespace}" and "kubectl label namespace ${namespace} ${LEVEL_LABEL}=${podSecurity}" (docs/kubernetes.md, "Namespace").`,
      },
    ]);
  const { metadata, status } = read.value;
  const enforced = metadata.labels?.[LEVEL_LABEL];
  const words = enforced === undefined ? 'enforces no level of Pod Security' : `enforces "${enforced}"`;
  return checkOf(name, `${namespace} ${words}, jobs keep to "${podSecurity}"`, [
    ...ending(namespace, status?.phase),
    ...tooStrict(namespace, enforced, podSecurity),
  ]);
}

function ending(namespace: string, phase: string | undefined): Finding[] {
  if (phase !== 'Terminating') return [];
  return [
    {
      standing: 'failed',
      detail: `namespace ${namespace} is being deleted`,
      todo: `Name another namespace in the placement, or wait until it is gone and make it again ("kubectl get namespace ${namespace} -o yaml" shows what it waits for).`,
    },
  ];
}

function tooStrict(namespace: string, enforced: string | undefined, asked: PodSecurityLevel): Finding[] {
  const strictest = LEVELS.findIndex((level) => level === enforced);
  if (strictest <= LEVELS.indexOf(asked)) return [];
  return [
    {
      standing: 'failed',
      detail: `namespace ${namespace} enforces "${enforced ?? ''}", and the placement's jobs keep to "${asked}" only: their pods are refused`,
      todo: `Give the placement "podSecurity": "${enforced ?? ''}", or "kubectl label --overwrite namespace ${namespace} ${LEVEL_LABEL}=${asked}".`,
    },
  ];
}
