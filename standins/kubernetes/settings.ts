// What the cluster is like: who may use it, what it holds from the start, and its limits.
import { DEFAULT_LIFE, type LifeSettings } from './life-settings';
import type { JsonObject } from './store/json';

/** Somebody who may call the API. */
export interface KubernetesUser {
  readonly name: string;
  readonly uid?: string;
  /** Without `system:authenticated`, which is added. `system:masters` may do everything. */
  readonly groups: readonly string[];
  /** The static token that stands for this user. */
  readonly token: string;
}

export interface KubernetesSettings {
  readonly users: readonly KubernetesUser[];
  /** Whether a request without credentials is one of `system:anonymous` (AKS: yes); else it is answered 401. */
  readonly anonymous: boolean;
  /** Made when the cluster starts, in this order: namespaces, roles, nodes, quotas; as a client would send them. */
  readonly objects: readonly JsonObject[];
  /** So many writes are remembered: a watch or an exact list from before them is answered 410. */
  readonly keptChanges: number;
  /** How often an idle watch that asked for bookmarks gets one, milliseconds (recorded: about a minute, F23). */
  readonly bookmarkEveryMs: number;
  /** A watch that gives no timeoutSeconds ends after once to twice this, milliseconds (kube-apiserver: 30 min). */
  readonly watchTimeoutMs: number;
  /** How fast the cluster lives, and what its nodes are. */
  readonly life: LifeSettings;
  /** The tenant and the address of Entra that pods with workload identity are told; undefined: it is switched off. */
  readonly workloadIdentity?: { readonly tenantId: string; readonly authority: string };
  /** How long a deleted namespace is kept terminating before its contents go, milliseconds. */
  readonly namespaceEndMs: number;
}

export const DEFAULT_KUBERNETES_SETTINGS: KubernetesSettings = {
  users: [],
  anonymous: false,
  objects: [],
  keptChanges: 20_000,
  bookmarkEveryMs: 60_000,
  watchTimeoutMs: 30 * 60_000,
  life: DEFAULT_LIFE,
  namespaceEndMs: 2000,
};
