// Gives a pod its service account, and its token where it wants one (recorded: E01; refused: O08).
import { forbidden } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { SERVICE_ACCOUNTS } from '../resources/resources';
import { at, isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../store/json';
import type { Admission } from '../writes/creation';
import { randomSuffix } from '../writes/name-suffix';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Seconds; the odd 7 tells such tokens from those that a user asked for. */
const TOKEN_SECONDS = 3607;
/** 0644. */
const FILE_MODE = 420;

/** Returns the pod with its account. Throws the 403 of an account that is not there. */
export function withServiceAccount(context: KubernetesContext, admission: Admission): JsonObject {
  const { body, namespace = '' } = admission;
  const spec = objectAt(body, 'spec');
  const name = textAt(spec, 'serviceAccountName') ?? 'default';
  const account = context.store.get({ resource: SERVICE_ACCOUNTS.name, namespace, name });
  if (!account)
    throw forbidden(
      admission.resource,
      admission.name,
      `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`,
    );
  const pullSecrets = listAt(spec, 'imagePullSecrets');
  const named = {
    ...spec,
    serviceAccountName: name,
    serviceAccount: name,
    imagePullSecrets: pullSecrets.length > 0 ? pullSecrets : listAt(account, 'imagePullSecrets'),
  };
  const mounts =
    at(spec, 'automountServiceAccountToken') ?? at(account, 'automountServiceAccountToken') ?? true;
  return { ...body, spec: mounts === false ? named : withToken(context, named) };
}

/** Mounts the token in each container that has nothing else there. */
function withToken({ random }: KubernetesContext, spec: JsonObject): JsonObject {
  const volume = `kube-api-access-${randomSuffix(random)}`;
  const mount = { name: volume, readOnly: true, mountPath: TOKEN_PATH };
  const mounted = (container: Json): Json => {
    const mounts = listAt(container, 'volumeMounts');
    if (!isObject(container) || mounts.some((one) => at(one, 'mountPath') === TOKEN_PATH)) return container;
    return { ...container, volumeMounts: [...mounts, mount] };
  };
  const initContainers = listAt(spec, 'initContainers').map(mounted);
  const containers = listAt(spec, 'containers').map(mounted);
  const used = JSON.stringify([initContainers, containers]).includes(volume);
  const volumes = [...listAt(spec, 'volumes'), ...(used ? [tokenVolume(volume)] : [])];
  return { ...spec, initContainers, containers, volumes };
}

function tokenVolume(name: string): JsonObject {
  const fieldRef = { apiVersion: 'v1', fieldPath: 'metadata.namespace' };
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef }] } },
      ],
      defaultMode: FILE_MODE,
    },
  };
}
