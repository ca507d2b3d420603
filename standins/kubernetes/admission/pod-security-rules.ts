// The Pod Security Standards: what each level forbids of a pod, one check each, worded as the server words it.
import { at, type Json, type JsonObject, listAt, objectAt, textAt } from '../store/json';

export type PodSecurityLevel = 'baseline' | 'restricted';

/** Says what a pod's spec breaks, or nothing. */
type Check = (spec: JsonObject) => string | undefined;

/** In the order in which the server tells them. */
export function violations(level: PodSecurityLevel, spec: JsonObject): readonly string[] {
  const checks =
    level === 'restricted' ? [...RESTRICTED_FIRST, ...BASELINE, ...RESTRICTED] : BASELINE_WITH_CAPABILITIES;
  return checks.flatMap((check) => check(spec) ?? []);
}

function containersOf(spec: JsonObject): readonly Json[] {
  return [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
}

/** `container "a"`, or `containers "a", "b"`. */
function named(containers: readonly Json[]): string {
  const names = containers.map((one) => `"${textAt(one, 'name') ?? ''}"`).join(', ');
  return `${containers.length === 1 ? 'container' : 'containers'} ${names}`;
}

/** A check of every container by itself. */
function eachContainer(bad: (container: Json) => boolean, words: (which: string) => string): Check {
  return (spec) => {
    const found = containersOf(spec).filter(bad);
    return found.length === 0 ? undefined : words(named(found));
  };
}

/** A setting of the pod that each container may set for itself. */
function podOrContainers(
  path: readonly string[],
  good: (value: Json | undefined) => boolean,
  words: (which: string) => string,
): Check {
  return (spec) => {
    const pod = at(spec, 'securityContext', ...path);
    const found = containersOf(spec).filter((one) => {
      const own = at(one, 'securityContext', ...path);
      return !good(own ?? pod);
    });
    return found.length === 0 ? undefined : words(`pod or ${named(found)}`);
  };
}

const escalates = eachContainer(
  (one) => at(one, 'securityContext', 'allowPrivilegeEscalation') !== false,
  (which) =>
    `allowPrivilegeEscalation != false (${which} must set securityContext.allowPrivilegeEscalation=false)`,
);

const keepsCapabilities = eachContainer(
  (one) =>
    !listAt(one, 'securityContext', 'capabilities', 'drop').includes('ALL') ||
    listAt(one, 'securityContext', 'capabilities', 'add').some((name) => name !== 'NET_BIND_SERVICE'),
  (which) => `unrestricted capabilities (${which} must set securityContext.capabilities.drop=["ALL"])`,
);

const runsAsRoot = podOrContainers(
  ['runAsNonRoot'],
  (value) => value === true,
  (which) => `runAsNonRoot != true (${which} must set securityContext.runAsNonRoot=true)`,
);

const isRootUser = eachContainer(
  (one) => at(one, 'securityContext', 'runAsUser') === 0,
  (which) => `runAsUser=0 (${which} must not set runAsUser=0)`,
);

const lacksSeccomp = podOrContainers(
  ['seccompProfile', 'type'],
  (value) => value === 'RuntimeDefault' || value === 'Localhost',
  (which) =>
    `seccompProfile (${which} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
);

const isPrivileged = eachContainer(
  (one) => at(one, 'securityContext', 'privileged') === true,
  (which) => `privileged (${which} must not set securityContext.privileged=true)`,
);

const usesHostNamespaces: Check = (spec) => {
  const used = ['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => spec[name] === true);
  return used.length === 0 ? undefined : `host namespaces (${used.map((name) => `${name}=true`).join(', ')})`;
};

const usesHostPaths: Check = (spec) => {
  const volumes = listAt(spec, 'volumes').filter((volume) => at(volume, 'hostPath') !== undefined);
  if (volumes.length === 0) return undefined;
  const names = volumes.map((volume) => `"${textAt(volume, 'name') ?? ''}"`).join(', ');
  return `hostPath volumes (${volumes.length === 1 ? 'volume' : 'volumes'} ${names})`;
};

/** What containers may add beyond what they start with (Pod Security Standards, baseline). */
const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const addsCapabilities = eachContainer(
  (one) =>
    listAt(one, 'securityContext', 'capabilities', 'add').some(
      (name) => !BASELINE_CAPABILITIES.some((known) => known === name),
    ),
  (which) => `non-default capabilities (${which} must not include added capabilities beyond the default set)`,
);

/** Volumes that are more than a file of the cluster's own. */
const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const usesOtherVolumes: Check = (spec) => {
  const found = listAt(spec, 'volumes').filter((volume) =>
    Object.keys(objectAt(volume)).some((source) => source !== 'name' && !RESTRICTED_VOLUMES.includes(source)),
  );
  if (found.length === 0) return undefined;
  const names = found.map((volume) => `"${textAt(volume, 'name') ?? ''}"`).join(', ');
  return `restricted volume types (${found.length === 1 ? 'volume' : 'volumes'} ${names} uses restricted volume type)`;
};

const RESTRICTED_FIRST = [escalates, keepsCapabilities];
const BASELINE = [usesHostNamespaces, usesHostPaths, isPrivileged];
const RESTRICTED = [usesOtherVolumes, runsAsRoot, isRootUser, lacksSeccomp];
const BASELINE_WITH_CAPABILITIES = [...BASELINE, addsCapabilities];
