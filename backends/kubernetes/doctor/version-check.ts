// Whether the cluster's version knows what each Job relies on. Pure.
import type { Check } from '../../../domain/backend/check';
import { checkOf } from '../../findings';

/**
 * From this minor version of 1 on `podFailurePolicy` and `podReplacementPolicy` are there without a cluster's own
 * switch (docs/facts/kubernetes.md#versions).
 */
const LEAST_MINOR = 29;

/** `version`: as `/version` tells it, such as `v1.34.2`. */
export function versionCheck(name: string, server: string, version: string): Check {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const isOld = major === '1' && Number(minor) < LEAST_MINOR;
  return checkOf(name, `${server} answers, Kubernetes ${version}`, [
    ...(isOld
      ? [
          {
            standing: 'failed' as const,
            detail: `Kubernetes ${version} is older than 1.${LEAST_MINOR}: it may start a second pod for a Job whose pod is lost`,
            todo: `Upgrade the cluster to 1.${LEAST_MINOR} or later ("az aks upgrade" on AKS).`,
          },
        ]
      : []),
  ]);
}
