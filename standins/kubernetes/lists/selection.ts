// Which objects a list, a watch or a deletion of a collection is about.
import type { ApiRequest } from '../api/api-request';
import { storedAs } from '../resources/resources';
import type { Change } from '../store/change';
import type { KubeObject } from '../store/kube-object';
import { parseFieldSelector } from './field-selector';
import { parseLabelSelector } from './label-selector';

export interface Selection {
  /** As the store keeps it. */
  readonly stored: string;
  readonly namespace: string | undefined;
  /** Whether a selector leaves anything out. */
  readonly selective: boolean;
  fits(object: KubeObject): boolean;
  /** What a watcher of this selection sees of a write: an object that no longer fits is gone for it (recorded: F14). */
  seen(change: Change): Pick<Change, 'type' | 'object'> | undefined;
}

/** Throws the 400 for a selector that can't be read. */
export function selectionOf({ path, query, resource }: ApiRequest): Selection {
  const labels = query.get('labelSelector') ?? '';
  const named = path.name === undefined ? '' : `metadata.name=${path.name}`;
  const fields = [query.get('fieldSelector') ?? '', named].filter((text) => text !== '').join(',');
  const fitsLabels = parseLabelSelector(labels);
  const fitsFields = parseFieldSelector(resource, fields);
  const { namespace } = path;
  const stored = storedAs(resource);
  const fits = (object: KubeObject): boolean =>
    fitsLabels(object.metadata.labels ?? {}) && fitsFields(object);
  return {
    stored,
    namespace,
    selective: labels !== '' || fields !== '',
    fits,
    seen: ({ type, object, previous, resource: written }) => {
      if (written !== stored) return undefined;
      if (namespace !== undefined && object.metadata.namespace !== namespace) return undefined;
      const before = previous !== undefined && fits(previous);
      const after = type !== 'DELETED' && fits(object);
      if (before && after) return { type: 'MODIFIED', object };
      if (after) return { type: 'ADDED', object };
      if (!before) return undefined;
      // As it was while it fitted, with the version of the write that took it out.
      const { resourceVersion } = object.metadata;
      const last =
        type === 'DELETED'
          ? object
          : {
              ...previous,
              metadata: { ...previous.metadata, ...(resourceVersion !== undefined && { resourceVersion }) },
            };
      return { type: 'DELETED', object: last };
    },
  };
}
