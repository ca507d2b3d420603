// What the server does with each kind beyond keeping it: what it fills in, sets itself and refuses.
import { type JsonObject, objectAt, withAt } from '../store/json';
import { defaultJob, selectPods } from './job-defaults';
import { defaultPod } from './pod-defaults';
import { qosClassOf } from './pod-status';
import { defaultSecret } from './secret-rules';

export interface KindRules {
  /** Fills in what a client left out. */
  readonly defaults: (body: JsonObject) => JsonObject;
  /** Sets what is the server's own, at a create. */
  readonly prepare: (body: JsonObject, own: { readonly name: string; readonly uid: string }) => JsonObject;
  /** Whether `metadata.generation` counts changes of the spec. */
  readonly generation: boolean;
  /** Whether a delete without a policy leaves the dependents behind (batch/v1 Jobs). */
  readonly orphans: boolean;
  /** Whether a delete that takes effect at once answers the object in place of a Status. */
  readonly answersDeleted: boolean;
}

const PLAIN: KindRules = {
  defaults: (body) => body,
  prepare: (body) => body,
  generation: false,
  orphans: false,
  answersDeleted: false,
};

const RULES: Readonly<Record<string, Partial<KindRules>>> = {
  'jobs.batch': {
    defaults: defaultJob,
    prepare: (body, { name, uid }) => ({ ...selectPods(body, name, uid), status: {} }),
    generation: true,
    orphans: true,
  },
  pods: {
    defaults: defaultPod,
    prepare: (body) => ({ ...body, status: { phase: 'Pending', qosClass: qosClassOf(body) } }),
    generation: true,
    answersDeleted: true,
  },
  namespaces: {
    prepare: (body, { name }) => ({
      ...withAt(body, ['metadata', 'labels'], {
        ...objectAt(body, 'metadata', 'labels'),
        'kubernetes.io/metadata.name': name,
      }),
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    }),
    answersDeleted: true,
  },
  secrets: { defaults: defaultSecret },
  persistentvolumeclaims: { prepare: (body) => ({ ...body, status: { phase: 'Pending' } }) },
  persistentvolumes: { prepare: (body) => ({ ...body, status: { phase: 'Available' } }) },
  serviceaccounts: { answersDeleted: true },
  resourcequotas: { answersDeleted: true },
};

/** By the name of the resource (`jobs.batch`). */
export function rulesOf(resource: string): KindRules {
  return { ...PLAIN, ...RULES[resource] };
}
