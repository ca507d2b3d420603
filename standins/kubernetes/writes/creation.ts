// What a create is asked to do.
import type { User } from '../access/user';
import type { Resource } from '../resources/resources';
import type { JsonObject } from '../store/json';

export interface Creation {
  readonly resource: Resource;
  /** Of the path; undefined for cluster scope. */
  readonly namespace: string | undefined;
  /** As a client sends it; decoded or not. */
  readonly body: JsonObject;
  readonly user: User;
  /** Who owns the fields; undefined: nobody, for what controllers make. */
  readonly manager?: string;
  /** The same for an apply, which owns what it sent and not what was filled in. */
  readonly applied?: { readonly manager: string; readonly config: JsonObject };
  /** Everything but the write is done. */
  readonly dryRun?: boolean;
  /** Takes what the answer should warn of. */
  readonly warn?: (warning: string) => void;
}

/** A create whose name is known: what admission looks at. */
export type Admission = Creation & { readonly name: string };
