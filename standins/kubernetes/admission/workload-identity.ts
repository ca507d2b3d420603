// AKS's webhook for workload identity: gives a pod that asks for it a token for Entra, and the variables by which
// Azure's SDKs find it.
import type { KubernetesContext } from '../context';
import { SERVICE_ACCOUNTS } from '../resources/resources';
import { at, isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../store/json';
import type { Admission } from '../writes/creation';

const USE = 'azure.workload.identity/use';
const CLIENT_ID = 'azure.workload.identity/client-id';
const VOLUME = 'azure-identity-token';
const FOLDER = '/var/run/secrets/azure/tokens';
/** Seconds. */
const TOKEN_LIVES = 3_600;

/** Returns the pod as it goes on: unchanged where the cluster has no such webhook, or the pod does not ask for it. */
export function withWorkloadIdentity(
  { store, settings }: KubernetesContext,
  { body, namespace = '' }: Admission,
): JsonObject {
  const { workloadIdentity } = settings;
  if (!workloadIdentity || textAt(body, 'metadata', 'labels', USE) !== 'true') return body;
  const spec = objectAt(body, 'spec');
  const name = textAt(spec, 'serviceAccountName') ?? '';
  const account = store.get({ resource: SERVICE_ACCOUNTS.name, namespace, name });
  const variables = {
    AZURE_CLIENT_ID: account?.metadata.annotations?.[CLIENT_ID] ?? '',
    AZURE_TENANT_ID: workloadIdentity.tenantId,
    AZURE_FEDERATED_TOKEN_FILE: `${FOLDER}/${VOLUME}`,
    AZURE_AUTHORITY_HOST: workloadIdentity.authority,
  };
  const given = (container: Json): Json => {
    if (!isObject(container)) return container;
    const env = listAt(container, 'env');
    const added = Object.entries(variables)
      .filter(([variable]) => !env.some((one) => at(one, 'name') === variable))
      .map(([variable, value]) => ({ name: variable, value }));
    const mount = { name: VOLUME, mountPath: FOLDER, readOnly: true };
    return {
      ...container,
      env: [...env, ...added],
      volumeMounts: [...listAt(container, 'volumeMounts'), mount],
    };
  };
  return {
    ...body,
    spec: {
      ...spec,
      initContainers: listAt(spec, 'initContainers').map(given),
      containers: listAt(spec, 'containers').map(given),
      volumes: [...listAt(spec, 'volumes'), tokenVolume()],
    },
  };
}

function tokenVolume(): JsonObject {
  const serviceAccountToken = {
    audience: 'api://AzureADTokenExchange',
    expirationSeconds: TOKEN_LIVES,
    path: VOLUME,
  };
  return { name: VOLUME, projected: { defaultMode: 420, sources: [{ serviceAccountToken }] } };
}
