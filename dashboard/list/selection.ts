// Which jobs are chosen in the list.
import { useMemo, useState } from 'preact/hooks';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  /** Chooses all of them, or none where all are chosen. */
  readonly toggleAll: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      ids,
      has: (id) => ids.has(id),
      toggle: (id) => setIds((old) => (old.has(id) ? without(old, id) : new Set([...old, id]))),
      toggleAll: (all) => setIds((old) => (all.every((id) => old.has(id)) ? new Set() : new Set(all))),
      clear: () => setIds(new Set()),
    }),
    [ids],
  );
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((one) => one !== id));
}
