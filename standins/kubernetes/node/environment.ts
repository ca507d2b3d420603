// What a container finds in its environment, and its command with that filled in.
import type { Container, Pod } from '../model/pod';
import { textAt } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import type { ObjectStore } from '../store/object-store';

/** Something that the container needs is not there; the message is the kubelet's. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string>>;

/** @throws ConfigError for a Secret or ConfigMap that is missing, or a key of one. */
export function environmentOf(
  store: ObjectStore,
  pod: Pod,
  { env = [], envFrom = [] }: Container,
): Environment {
  const namespace = pod.metadata.namespace ?? '';
  const found: Record<string, string> = {};
  const held = (
    resource: 'secrets' | 'configmaps',
    name: string,
    optional?: boolean,
  ): KubeObject | undefined => {
    const object = store.get({ resource, namespace, name });
    if (!object && optional !== true)
      throw new ConfigError(`${resource === 'secrets' ? 'secret' : 'configmap'} "${name}" not found`);
    return object;
  };
  for (const { prefix = '', secretRef, configMapRef } of envFrom) {
    const reference = secretRef ?? configMapRef;
    if (!reference) continue;
    const resource = secretRef ? 'secrets' : 'configmaps';
    const object = held(resource, reference.name, reference.optional);
    for (const [name, value] of Object.entries(object ? dataOf(resource, object) : {}))
      found[prefix + name] = value;
  }
  for (const { name, value, valueFrom } of env) {
    const { secretKeyRef, configMapKeyRef, fieldRef } = valueFrom ?? {};
    const keyRef = secretKeyRef ?? configMapKeyRef;
    if (keyRef) {
      const resource = secretKeyRef ? 'secrets' : 'configmaps';
      const object = held(resource, keyRef.name, keyRef.optional);
      const text = object && dataOf(resource, object)[keyRef.key];
      if (text !== undefined) found[name] = text;
      else if (object && keyRef.optional !== true)
        throw new ConfigError(
          `couldn't find key ${keyRef.key} in ${secretKeyRef ? 'Secret' : 'ConfigMap'} ${namespace}/${keyRef.name}`,
        );
    } else if (fieldRef) found[name] = fieldOf(pod, fieldRef.fieldPath);
    else found[name] = expanded(value ?? '', found);
  }
  return found;
}

/** `$(NAME)` is replaced by what NAME is, where it is anything; `$$` stands for a dollar. */
export function expanded(text: string, environment: Environment): string {
  return text.replaceAll(/\$\$|\$\(([^()]+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (environment[name] ?? whole),
  );
}

function dataOf(resource: 'secrets' | 'configmaps', object: KubeObject): Environment {
  const data = object['data'];
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.keys(data).map((key) => {
      const text = textAt(object, 'data', key) ?? '';
      return [key, resource === 'secrets' ? Buffer.from(text, 'base64').toString('utf8') : text];
    }),
  );
}

/** The downward API: what a pod may know of itself. */
function fieldOf({ metadata, spec, status }: Pod, path: string): string {
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map === 'labels') return metadata.labels?.[key] ?? '';
  if (map === 'annotations') return metadata.annotations?.[key] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return textAt(spec, 'serviceAccountName') ?? '';
    case 'status.podIP':
      return textAt(status, 'podIP') ?? '';
    case 'status.hostIP':
      return textAt(status, 'hostIP') ?? '';
    default:
      throw new ConfigError(`unsupported fieldPath: ${path}`);
  }
}
