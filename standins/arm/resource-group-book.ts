// The resource groups that exist. They are found as ARM finds them, with names in any case.

export interface ResourceGroup {
  readonly name: string;
  /** Lower-case name without spaces. */
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ResourceGroupBook {
  get(subscription: string, name: string): ResourceGroup | undefined;
  /** Whether a request created it. Others exist from the start, or because they are named. */
  wasPut(subscription: string, name: string): boolean;
  put(subscription: string, group: ResourceGroup): void;
  /** Makes it exist no more, unless every name does. */
  remove(subscription: string, name: string): void;
  /** The groups that were put, those that exist from the start, and those of `named`. */
  list(subscription: string, named: readonly string[]): readonly ResourceGroup[];
  /** The subscriptions in which a group was put. */
  subscriptions(): readonly string[];
}

export interface ResourceGroupBookOptions {
  /** The names that exist from the start, in every subscription; undefined: every name exists. */
  readonly existing?: readonly string[];
  /** Shown in lists where any name exists, so that the lists aren't empty. */
  readonly shown: readonly string[];
  /** The region of groups that were never put. */
  readonly location: string;
}

export function createResourceGroupBook({
  existing,
  shown,
  location,
}: ResourceGroupBookOptions): ResourceGroupBook {
  const put = new Map<string, { readonly subscription: string; readonly group: ResourceGroup }>();
  const removed = new Set<string>();
  const keyOf = (subscription: string, name: string): string => `${subscription}/${name}`.toLowerCase();
  const unput = (name: string): ResourceGroup => ({ name, location, tags: {} });
  const atStart = (subscription: string, name: string): ResourceGroup | undefined => {
    if (existing === undefined) return unput(name);
    if (removed.has(keyOf(subscription, name))) return undefined;
    const spelled = existing.find((known) => known.toLowerCase() === name.toLowerCase());
    return spelled === undefined ? undefined : unput(spelled);
  };
  return {
    get: (subscription, name) => put.get(keyOf(subscription, name))?.group ?? atStart(subscription, name),
    wasPut: (subscription, name) => put.has(keyOf(subscription, name)),
    put: (subscription, group) => void put.set(keyOf(subscription, group.name), { subscription, group }),
    remove: (subscription, name) => {
      put.delete(keyOf(subscription, name));
      removed.add(keyOf(subscription, name));
    },
    list: (subscription, named) => {
      const listed = new Map<string, ResourceGroup>();
      const start = (existing ?? shown).filter((name) => !removed.has(keyOf(subscription, name)));
      for (const name of [...start, ...named]) listed.set(name.toLowerCase(), unput(name));
      for (const entry of put.values())
        if (entry.subscription.toLowerCase() === subscription.toLowerCase())
          listed.set(entry.group.name.toLowerCase(), entry.group);
      return [...listed.values()];
    },
    subscriptions: () => [...put.values()].map(({ subscription }) => subscription),
  };
}
