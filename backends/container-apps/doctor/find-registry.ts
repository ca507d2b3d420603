// Finds a registry by its login server, among the subscriptions that this identity may look into.
import { isSameName } from '../../../domain/parse/any-case';
import { unique } from '../../findings';
import type { Registry, RegistryReads } from './registry-reads';

type FoundRegistry =
  | { readonly kind: 'found'; readonly registry: Registry }
  /** Nobody in Azure has it. */
  | { readonly kind: 'nowhere' }
  /** It is in none of these; whether it is elsewhere is not known, or it is. */
  | { readonly kind: 'unseen'; readonly subscriptions: readonly string[]; readonly isTaken: boolean }
  /** This identity may not read the registries of these. */
  | { readonly kind: 'forbidden'; readonly subscriptions: readonly string[] };

/** The more one may see the more requests it takes. */
const MOST_SUBSCRIPTIONS = 20;
/** A login server that was made with the registry's name alone; others end with a hash that is not part of the name. */
const NAME = /^([a-z0-9]{5,50})\./;

/** `likely`: the subscriptions to look into first. */
export async function findRegistry(
  server: string,
  likely: readonly string[],
  reads: RegistryReads,
): Promise<FoundRegistry> {
  const looked: string[] = [];
  const refused: string[] = [];
  const lookInto = async (subscriptions: readonly string[]): Promise<Registry | undefined> => {
    for (const subscription of subscriptions) {
      const read = await reads.registries(subscription);
      if (read.kind === 'forbidden') refused.push(subscription);
      if (read.kind === 'read') {
        looked.push(subscription);
        const found = read.value.find((one) => isSameName(one.properties.loginServer ?? '', server));
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  const first = unique(likely.map((subscription) => subscription.toLowerCase()));
  const near = await lookInto(first);
  if (near !== undefined) return { kind: 'found', registry: near };
  const seen = await reads.subscriptions();
  const others = seen.kind === 'read' ? seen.value.map((id) => id.toLowerCase()) : [];
  const far = await lookInto(others.filter((id) => !first.includes(id)).slice(0, MOST_SUBSCRIPTIONS));
  if (far !== undefined) return { kind: 'found', registry: far };
  const isFree = await isNameFree(server, [...looked, ...refused][0], reads);
  if (isFree === true) return { kind: 'nowhere' };
  if (looked.length === 0) return { kind: 'forbidden', subscriptions: refused };
  return { kind: 'unseen', subscriptions: looked, isTaken: isFree === false };
}

/** Undefined where it can't be asked. */
async function isNameFree(
  server: string,
  subscription: string | undefined,
  reads: RegistryReads,
): Promise<boolean | undefined> {
  const name = NAME.exec(server)?.[1];
  if (name === undefined || subscription === undefined) return undefined;
  const read = await reads.isNameFree(subscription, name);
  return read.kind === 'read' ? read.value : undefined;
}
