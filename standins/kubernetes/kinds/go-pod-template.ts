// A pod template as the server shows it in a complaint: its own inner form, names in capitals, empty fields as null.
import type { Field } from '../schema/field-type';
import { fieldsOf } from '../schema/structs';
import { isList, isObject, type Json, type JsonObject, objectAt } from '../store/json';

/** Fields in the order of the server's inner types, where that is not the order of the API (recorded: G03). */
const INNER_ORDER: Readonly<Record<string, readonly string[]>> = {
  PodSpec: [
    'volumes',
    'initContainers',
    'containers',
    'ephemeralContainers',
    'restartPolicy',
    'terminationGracePeriodSeconds',
    'activeDeadlineSeconds',
    'dnsPolicy',
    'nodeSelector',
    'serviceAccountName',
    'automountServiceAccountToken',
    'nodeName',
    'securityContext',
    'imagePullSecrets',
    'hostname',
    'subdomain',
    'setHostnameAsFQDN',
    'affinity',
    'schedulerName',
    'tolerations',
    'hostAliases',
    'priorityClassName',
    'priority',
    'preemptionPolicy',
    'dnsConfig',
    'readinessGates',
    'runtimeClassName',
    'overhead',
    'enableServiceLinks',
    'topologySpreadConstraints',
    'os',
    'schedulingGates',
    'resourceClaims',
    'resources',
    'hostnameOverride',
    'schedulingGroup',
  ],
  PodSecurityContext: [
    'seLinuxOptions',
    'windowsOptions',
    'runAsUser',
    'runAsGroup',
    'runAsNonRoot',
    'supplementalGroups',
    'supplementalGroupsPolicy',
    'fsGroup',
    'fsGroupChangePolicy',
    'sysctls',
    'seccompProfile',
    'appArmorProfile',
    'seLinuxChangePolicy',
  ],
};

/** In the inner form these stand in the pod's security context. */
const OF_THE_HOST = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

const CAPITALS: Readonly<Record<string, string>> = {
  dnsPolicy: 'DNSPolicy',
  dnsConfig: 'DNSConfig',
  os: 'OS',
  tty: 'TTY',
  seLinuxOptions: 'SELinuxOptions',
  seLinuxChangePolicy: 'SELinuxChangePolicy',
  fsGroup: 'FSGroup',
  fsGroupChangePolicy: 'FSGroupChangePolicy',
};

export function goPodTemplate(template: Json): string {
  const spec = objectAt(template, 'spec');
  const inner = { ...objectAt(template, 'metadata'), Spec: goStruct('PodSpec', spec) };
  return JSON.stringify(inner);
}

function goStruct(struct: string, value: JsonObject): JsonObject {
  const fields = fieldsOf(struct);
  const order = INNER_ORDER[struct] ?? [...fields.keys()];
  const members = order.flatMap((name): [string, Json][] => {
    const field = fields.get(name);
    if (!field) return [];
    if (struct === 'PodSpec' && name === 'securityContext') return [[goName(name), goSecurity(value)]];
    return [[goName(name), goValue(field, value[name])]];
  });
  return Object.fromEntries(members);
}

function goSecurity(spec: JsonObject): JsonObject {
  const fields = fieldsOf('PodSpec');
  const host = OF_THE_HOST.flatMap((name): [string, Json][] => {
    const field = fields.get(name);
    return field ? [[goName(name), goValue(field, spec[name])]] : [];
  });
  return {
    ...Object.fromEntries(host),
    ...goStruct('PodSecurityContext', objectAt(spec, 'securityContext')),
  };
}

function goValue({ type, pointer }: Field, value: Json | undefined): Json {
  switch (type.kind) {
    case 'struct':
      if (isObject(value)) return goStruct(type.name, value);
      return pointer ? null : goStruct(type.name, {});
    case 'list':
      return isList(value) && value.length > 0
        ? value.map((item) => goValue({ type: type.of, pointer: false, always: true }, item))
        : null;
    case 'map':
      return isObject(value) && Object.keys(value).length > 0 ? value : null;
    case 'scalar':
      return value ?? (pointer ? null : emptyScalar(type.scalar));
  }
}

function emptyScalar(scalar: string): Json {
  if (scalar === 'bool') return false;
  if (scalar === 'raw') return null;
  return scalar === 'int32' || scalar === 'int64' ? 0 : '';
}

function goName(name: string): string {
  return CAPITALS[name] ?? name.slice(0, 1).toUpperCase() + name.slice(1);
}
