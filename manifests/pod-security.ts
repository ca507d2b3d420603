// What a pod says of its security, by the level that its namespace enforces.

/** The levels of Pod Security (docs/facts/kubernetes.md#pod-security). */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

interface PodSecurity {
  /** Members of the pod's spec. */
  readonly pod: { readonly securityContext?: object };
  /** Members of its container. */
  readonly container: { readonly securityContext?: object };
}

/**
 * `restricted` refuses programs that run as root. `baseline` lets them, within the runtime's own filter of system
 * calls. `privileged` says nothing, and leaves everything to the cluster.
 */
export function podSecurityOf(level: PodSecurityLevel): PodSecurity {
  const seccompProfile = { type: 'RuntimeDefault' };
  switch (level) {
    case 'restricted':
      return {
        pod: { securityContext: { runAsNonRoot: true, seccompProfile } },
        container: {
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      };
    case 'baseline':
      return { pod: { securityContext: { seccompProfile } }, container: {} };
    case 'privileged':
      return { pod: {}, container: {} };
  }
}
