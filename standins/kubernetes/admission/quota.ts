// Resource quotas: what a namespace uses, and the 403 for what would be too much, in the recorded words.
import { forbidden } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { type Resource, RESOURCE_QUOTAS, RESOURCES } from '../resources/resources';
import { canonicalQuantity, milliOf } from '../schema/quantity';
import { type JsonObject, objectAt, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import type { Admission } from '../writes/creation';
import { type Usage, usageOf } from './quota-usage';

/** A quota on these is only fair if every pod says what it needs. */
const MUST_BE_SAID = /^((requests|limits)\.)?(cpu|memory)$/;

/** Throws the 403 of the first quota that would be exceeded; else counts the object in. */
export function checkQuotas({ store }: KubernetesContext, admission: Admission, object: KubeObject): void {
  const { resource, namespace, name, dryRun } = admission;
  if (namespace === undefined) return;
  const asked = usageOf(resource, object);
  const quotas = store.list(RESOURCE_QUOTAS.name, namespace).items;
  for (const quota of quotas) {
    const refused = excess(resource, quota, asked, usedIn(store, quota));
    if (refused !== undefined) throw forbidden(resource, name, refused);
  }
  if (dryRun === true) return;
  for (const quota of quotas) {
    const used = usedIn(store, quota);
    writeUsage(
      store,
      quota,
      new Map([...used].map(([what, amount]) => [what, amount + (asked.get(what) ?? 0n)])),
    );
  }
}

/** Writes into each quota of a namespace what is used of it now. */
export function countAnew({ store }: Pick<KubernetesContext, 'store'>, namespace: string): void {
  for (const quota of store.list(RESOURCE_QUOTAS.name, namespace).items)
    writeUsage(store, quota, usedIn(store, quota));
}

function excess(resource: Resource, quota: KubeObject, asked: Usage, used: Usage): string | undefined {
  const { name } = quota.metadata;
  const hard = hardOf(quota);
  const unsaid = [...hard.keys()].filter((what) => MUST_BE_SAID.test(what) && !asked.has(what)).sort();
  if (resource.name === 'pods' && unsaid.length > 0)
    return `failed quota: ${name}: must specify ${unsaid.join(',')}`;
  const over = [...hard]
    .filter(([what, most]) => asked.has(what) && (used.get(what) ?? 0n) + (asked.get(what) ?? 0n) > most)
    .map(([what]) => what)
    .sort();
  if (over.length === 0) return undefined;
  const shown = (amounts: Usage): string =>
    over.map((what) => `${what}=${quantityOf(amounts.get(what) ?? 0n)}`).join(',');
  return `exceeded quota: ${name}, requested: ${shown(asked)}, used: ${shown(used)}, limited: ${shown(hard)}`;
}

function hardOf(quota: KubeObject): Usage {
  const hard = Object.entries(objectAt(quota, 'spec', 'hard'));
  return new Map(hard.map(([name, amount]) => [name, milliOf(textOf(amount)) ?? 0n]));
}

/** What the quota's namespace uses of all that the quota names. */
function usedIn(store: KubernetesContext['store'], quota: KubeObject): Usage {
  const used = new Map([...hardOf(quota).keys()].map((name) => [name, 0n]));
  for (const resource of RESOURCES)
    if (resource.namespaced)
      for (const object of store.list(resource.name, quota.metadata.namespace).items)
        for (const [name, amount] of usageOf(resource, object)) {
          const before = used.get(name);
          if (before !== undefined) used.set(name, before + amount);
        }
  return used;
}

function writeUsage(store: KubernetesContext['store'], quota: KubeObject, used: Usage): void {
  const { name, namespace } = quota.metadata;
  const amounts: JsonObject = Object.fromEntries(
    [...used].map(([what, amount]) => [what, quantityOf(amount)]),
  );
  store.update(
    { resource: RESOURCE_QUOTAS.name, name, ...(namespace !== undefined && { namespace }) },
    (current) => ({ ...current, status: { hard: objectAt(current, 'spec', 'hard'), used: amounts } }),
  );
}

function quantityOf(milli: bigint): string {
  return canonicalQuantity(`${milli}m`);
}
