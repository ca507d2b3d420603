// The server's word on its own health: `/healthz`, `/livez` and `/readyz`, each as a whole or check by check.
import type { WireRequest, WireResponse } from '../../wire/handler';
import { respondText } from '../answers/respond';

/** A check of a kube-apiserver, by its name in `/readyz/NAME`. */
export type HealthCheck = string;

/** What fails while etcd does not answer (recorded: M22). */
export const STORAGE_CHECKS: ReadonlySet<HealthCheck> = new Set(['etcd', 'etcd-readiness']);

/** In the server's order (recorded: A03). Those of `/readyz` alone are marked. */
const CHECKS: readonly { readonly name: HealthCheck; readonly readyAlone?: true }[] = [
  { name: 'ping' },
  { name: 'log' },
  { name: 'etcd' },
  { name: 'etcd-readiness', readyAlone: true },
  { name: 'informer-sync', readyAlone: true },
  ...[
    'start-apiserver-admission-initializer',
    'generic-apiserver-start-informers',
    'priority-and-fairness-config-consumer',
    'priority-and-fairness-filter',
    'storage-object-count-tracker-hook',
    'start-apiextensions-informers',
    'start-apiextensions-controllers',
    'crd-informer-synced',
    'start-system-namespaces-controller',
    'peer-endpoint-reconciler-controller',
    'start-cluster-authentication-info-controller',
    'start-kube-apiserver-identity-lease-controller',
    'start-kube-apiserver-identity-lease-garbage-collector',
    'storage-readiness',
    'start-legacy-token-tracking-controller',
    'start-service-ip-repair-controllers',
    'rbac/bootstrap-roles',
    'scheduling/bootstrap-system-priority-classes',
    'priority-and-fairness-config-producer',
    'bootstrap-controller',
    'start-kubernetes-service-cidr-controller',
    'start-kube-aggregator-informers',
    'apiservice-status-local-available-controller',
    'apiservice-status-remote-available-controller',
    'apiservice-registration-controller',
    'apiservice-discovery-controller',
    'kube-apiserver-autoregistration',
  ].map((hook) => ({ name: `poststarthook/${hook}` })),
  { name: 'autoregister-completion' },
  { name: 'poststarthook/apiservice-openapi-controller' },
  { name: 'poststarthook/apiservice-openapiv3-controller' },
  { name: 'shutdown', readyAlone: true },
];

const PATH = /^\/(healthz|livez|readyz)(?:\/(.+))?$/;

/**
 * Undefined for every other path, and for a check that there is none of. `failing` are the checks that fail now. The
 * texts are those of apiserver's healthz.go; `verbose` and `exclude` are its parameters.
 */
export function answerHealth(
  { url }: WireRequest,
  failing: ReadonlySet<HealthCheck> = new Set(),
): WireResponse | undefined {
  const [, kind, single] = PATH.exec(url.pathname) ?? [];
  if (kind === undefined) return undefined;
  const checks = CHECKS.filter(({ readyAlone }) => kind === 'readyz' || readyAlone !== true);
  if (single !== undefined) {
    if (!checks.some(({ name }) => name === single)) return undefined;
    return failing.has(single)
      ? respondText(500, 'internal server error: reason withheld\n')
      : respondText(200, 'ok');
  }
  const excluded = new Set(url.searchParams.getAll('exclude').flatMap((names) => names.split(',')));
  const looked = checks.map(({ name }) => ({
    name,
    failed: failing.has(name) && !excluded.has(name),
    line: excluded.has(name)
      ? `[+]${name} excluded: ok\n`
      : failing.has(name)
        ? `[-]${name} failed: reason withheld\n`
        : `[+]${name} ok\n`,
  }));
  const unmatched = [...excluded].filter(
    (name) => name !== '' && !checks.some((check) => check.name === name),
  );
  const warning =
    unmatched.length === 0
      ? ''
      : `warn: some health checks cannot be excluded: no matches for ${unmatched.map((name) => `"${name}"`).join(', ')}\n`;
  const report = looked.map(({ line }) => line).join('') + warning;
  if (looked.some(({ failed }) => failed)) return respondText(500, `${report}${kind} check failed\n`);
  return respondText(200, url.searchParams.has('verbose') ? `${report}${kind} check passed\n` : 'ok');
}
