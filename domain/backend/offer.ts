// What a placement makes of a wish by its backend's own rules, and what the workload would count against.
import type { ChosenGpu } from '../spec/gpu';

/** One quota that a workload uses. */
export interface Count {
  /** The name under which the platform reports it, in any case. */
  readonly quota: string;
  readonly amount: number;
  /** The measure in which workloads that no reading shows yet are added to it. */
  readonly of: 'workloads' | 'cores' | 'gpus';
}

/** Quotas that are in use, capacity that lacks, policies and limits of the placement are judged elsewhere. */
export type Offer =
  | {
      readonly kind: 'gives';
      readonly gpu: ChosenGpu | undefined;
      readonly counts: readonly Count[];
    }
  /** `why`: for a person; what follows a placement's name in a sentence. */
  | { readonly kind: 'refuses'; readonly why: string };
