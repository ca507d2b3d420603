// What the API server fills in of a pod's spec, as a client leaves it out (recorded: C01, C33, E01).
import { fullImageName } from '../node/image-name';
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt, withAt } from '../store/json';

/** Fills in a pod template's spec: what Jobs keep. */
export function defaultPodSpec(spec: JsonObject): JsonObject {
  const account = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount');
  return {
    ...spec,
    volumes: listAt(spec, 'volumes').map(defaultVolume),
    initContainers: listAt(spec, 'initContainers').map(defaultContainer),
    containers: listAt(spec, 'containers').map(defaultContainer),
    restartPolicy: spec['restartPolicy'] ?? 'Always',
    terminationGracePeriodSeconds: spec['terminationGracePeriodSeconds'] ?? 30,
    dnsPolicy: spec['dnsPolicy'] ?? 'ClusterFirst',
    ...(account !== undefined && { serviceAccountName: account, serviceAccount: account }),
    securityContext: spec['securityContext'] ?? {},
    schedulerName: spec['schedulerName'] ?? 'default-scheduler',
  };
}

/** What a pod has in addition to a template: links to services, and requests that follow from limits. */
export function defaultPod(pod: JsonObject): JsonObject {
  const spec = defaultPodSpec(objectAt(pod, 'spec'));
  return {
    ...pod,
    spec: {
      ...spec,
      enableServiceLinks: spec['enableServiceLinks'] ?? true,
      initContainers: listAt(spec, 'initContainers').map(requestLimits),
      containers: listAt(spec, 'containers').map(requestLimits),
    },
  };
}

function defaultContainer(container: Json): Json {
  if (!isObject(container)) return container;
  return {
    ...container,
    env: listAt(container, 'env').map(defaultVariable),
    ports: listAt(container, 'ports').map((port) => (isObject(port) ? { protocol: 'TCP', ...port } : port)),
    ...Object.fromEntries(
      ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => {
        const probe = container[name];
        return isObject(probe) ? [[name, { ...PROBE, ...probe }]] : [];
      }),
    ),
    terminationMessagePath: container['terminationMessagePath'] ?? '/dev/termination-log',
    terminationMessagePolicy: container['terminationMessagePolicy'] ?? 'File',
    imagePullPolicy: container['imagePullPolicy'] ?? pullPolicyOf(textAt(container, 'image') ?? ''),
  };
}

const PROBE = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };

/** Always for the tag latest, which an image without tag and digest has. A name that is none has no tag (L9). */
function pullPolicyOf(image: string): string {
  if (fullImageName(image) === undefined) return 'IfNotPresent';
  const [named = '', digest] = image.split('@');
  const tag = /:([^:/]+)$/.exec(named)?.[1];
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent';
}

function defaultVariable(variable: Json): Json {
  const reference = objectAt(variable, 'valueFrom', 'fieldRef');
  if (!isObject(variable) || textAt(reference, 'fieldPath') === undefined) return variable;
  return withAt(variable, ['valueFrom', 'fieldRef', 'apiVersion'], reference['apiVersion'] ?? 'v1');
}

/** 420 is 0644, what files of a secret are readable by. */
const FILE_MODE = 420;

function defaultVolume(volume: Json): Json {
  if (!isObject(volume)) return volume;
  const filled = Object.entries(volume).map(([name, source]): [string, Json | undefined] => {
    if (!['secret', 'configMap', 'downwardAPI', 'projected'].includes(name) || !isObject(source))
      return [name, source];
    return [name, { ...source, defaultMode: source['defaultMode'] ?? FILE_MODE }];
  });
  const sources = filled.filter(([name]) => name !== 'name');
  return { ...Object.fromEntries(filled), ...(sources.length === 0 && { emptyDir: {} }) };
}

/** A container that asks for nothing asks for what it is limited to. */
function requestLimits(container: Json): Json {
  if (!isObject(container)) return container;
  const limits = objectAt(container, 'resources', 'limits');
  if (Object.keys(limits).length === 0) return container;
  const requests = { ...limits, ...objectAt(container, 'resources', 'requests') };
  return withAt(container, ['resources', 'requests'], requests);
}
