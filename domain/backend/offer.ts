// What a placement makes of a wish by its backend's own rules, and what the workload would count against.
import type { ChosenGpu } from '../spec/gpu';
import type { Resources } from '../spec/resources';

/** One quota that a workload uses. */
export interface Count {
  /** The name under which the platform reports it, in any case. */
  readonly quota: string;
  readonly amount: number;
  /** The measure in which workloads that no reading shows yet are added to it; memory in bytes. */
  readonly of: 'workloads' | 'cores' | 'memory' | 'gpus';
  /** Of GPUs: the SKUs that count against this quota. Left out: each counts. */
  readonly skus?: readonly string[];
  /** Left out: others may use it too, or its use tells nothing. */
  readonly ours?: Ours;
}

/**
 * Of a quota that counts what runs in the placement's quota scope, where nobody but us runs anything. More of it in use
 * than places held means that something runs that no attempt knows of.
 */
export interface Ours {
  /** The platform may go on counting what has ended for so long, seconds. */
  readonly lagS: number;
  /** What a person does about it. */
  readonly todo: string;
}

/** Quotas that are in use, capacity that lacks, policies and limits of the placement are judged elsewhere. */
export type Offer =
  | {
      readonly kind: 'gives';
      readonly gpu: ChosenGpu | undefined;
      /** What the workload is given: what the wish names, else what the placement gives with this GPU. */
      readonly resources: Resources;
      readonly counts: readonly Count[];
    }
  /** `why`: for a person; what follows a placement's name in a sentence. */
  | { readonly kind: 'refuses'; readonly why: string };
