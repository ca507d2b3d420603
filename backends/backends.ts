// The kinds of compute: the one list of them, and what each placement brings along by its `backend`.
/* eslint-disable @typescript-eslint/no-unnecessary-condition --
   With one kind the switches look idle. They name what a second must add. */
import type { TokenCredential } from '@azure/core-auth';
import { z } from 'zod';

import type { BackendFacts } from '../domain/backend/backend-facts';
import type { Look } from '../domain/backend/check';
import type { PaceReport } from '../domain/placement/pace';
import type { ComputeBackend } from '../domain/ports/compute-backend';
import { createAciBackend } from './aci/aci-backend';
import { createAciClientsBySubscription } from './aci/arm-clients';
import { aciFacts } from './aci/facts';
import { aciLooks } from './aci/looks';
import { aciPlacementSchema } from './aci/placement';
import { createUnconfiguredBackend, unconfiguredFacts } from './unconfigured-backend';

const KINDS = [aciPlacementSchema] as const;
const NAMES = KINDS.map(({ shape }) => `"${shape.backend.value}"`).join(' or ');

export const placementSchema = z.discriminatedUnion('backend', KINDS, {
  // Of what is no object at all, the reader of untrusted input says so.
  error: ({ input }) => (typeof input === 'object' ? `must be ${NAMES}` : undefined),
});
/** A placement with the members of its own backend; elsewhere it is a `Placement`. */
export type ConfiguredPlacement = z.infer<typeof placementSchema>;

/**
 * What is known of each placement before any request; of one that is not configured (any more), that nothing is to be
 * had there.
 */
export function factsByPlacement(
  placements: readonly ConfiguredPlacement[],
): (placement: string) => BackendFacts {
  const known = new Map(placements.map((placement) => [placement.name, factsOf(placement)]));
  return (name) => known.get(name) ?? unconfiguredFacts(name);
}

function factsOf(placement: ConfiguredPlacement): BackendFacts {
  switch (placement.backend) {
    case 'aci':
      return aciFacts(placement);
  }
}

/** What backends are made of. */
export interface BackendParts {
  /** https, or http on loopback. */
  readonly armEndpoint: URL;
  readonly credential: TokenCredential;
  /** Told what each answer says about the rate of a placement's requests. */
  readonly onPace: (placement: string, report: PaceReport) => void;
}

/** The backend of each placement. No SDK is loaded before the first call of one. */
export function backendsByPlacement(
  placements: readonly ConfiguredPlacement[],
  { armEndpoint, credential, onPace }: BackendParts,
): (placement: string) => ComputeBackend {
  const clientsFor = createAciClientsBySubscription(armEndpoint, credential);
  const make = (placement: ConfiguredPlacement): ComputeBackend => {
    switch (placement.backend) {
      case 'aci':
        return createAciBackend(
          placement,
          () => clientsFor(placement.subscriptionId),
          (report) => onPace(placement.name, report),
        );
    }
  };
  const made = new Map(placements.map((placement) => [placement.name, make(placement)]));
  return (name) => made.get(name) ?? createUnconfiguredBackend(name);
}

/** What the doctor looks at of a placement; `now` in epoch milliseconds. */
export function looksAt(
  placement: ConfiguredPlacement,
  backend: ComputeBackend,
  now: number,
): readonly Look[] {
  switch (placement.backend) {
    case 'aci':
      return aciLooks(placement, backend, now);
  }
}
