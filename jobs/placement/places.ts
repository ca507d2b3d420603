// The placements as one pass of the dispatcher sees them: each row is read once, written on its ETag, and full once
// found full (protocol §3.2, §3.3).
import { messageOf } from '../../domain/errors';
import type { JobRow } from '../../domain/job/job';
import { hasRoom, holderOf, placementOrder, roomAgainAt, withHolder } from '../../domain/placement/admission';
import { capacityStanding, probedBy, resourceOf, withProbe } from '../../domain/placement/capacity';
import { type OfferRoom, offerRoom, probedGpu, UNKNOWN_ROOM } from '../../domain/placement/offer-room';
import { resourcesFor } from '../../domain/placement/offered-gpus';
import type { Placement } from '../../domain/placement/placement';
import type { HintedWants } from '../../domain/ports/hint-store';
import type { Versioned } from '../../domain/ports/job-store';
import type { PlacementRow } from '../../domain/ports/placement-store';
import type { ChosenGpu } from '../../domain/spec/gpu';
import type { Resources } from '../../domain/spec/resources';
import type { PlacePorts } from '../ports';

interface Place extends Versioned<PlacementRow> {
  readonly placement: Placement;
  /** We have written the row since: its new ETag is not known. */
  readonly isWritten: boolean;
}

/** Where a job was put, and as what. */
export interface TakenPlace {
  readonly placement: string;
  /** Undefined: none is asked for, or the create has to choose. */
  readonly gpu: ChosenGpu | undefined;
  /** Undefined: the create has to reckon. */
  readonly resources: Resources | undefined;
  /** It is let in to try what could not be had. */
  readonly probes: boolean;
}

interface Room {
  readonly place: Place;
  readonly room: Extract<OfferRoom, { kind: 'room' }>;
}

/** The placements in one pass: what it may still take there, and what it keeps from younger jobs. */
export interface Places {
  /**
   * Whether no such workload, however small, could go anywhere now, and no placement holds `name` already. If so, what
   * is full is closed to every younger job. What lacks only the GPU that is asked for is not closed.
   */
  areHopeless(wants: Pick<HintedWants, 'placements' | 'gpu'>, name: string): boolean;

  /**
   * Whether the job could take a place, by what this pass has read. `mayProbe`: also as the probe of a SKU that could
   * not be had.
   */
  hasRoomFor(job: JobRow, name: string, mayProbe: boolean): boolean;

  /**
   * Keeps every younger job out of this job's placements for the rest of the pass, or out of the quota that it waits
   * for there.
   */
  closeFor(job: JobRow, mayProbe: boolean): void;

  /** The placement that now holds the name: one that held it already, else the first in the job's order with room. */
  take(job: JobRow, name: string, mayProbe: boolean): Promise<TakenPlace | undefined>;

  /**
   * The placements that wait only for a known time, with that time (already past if the pass took longer), and those
   * for which a kick is under way.
   */
  waitingForTime(): {
    readonly placement: string;
    readonly at: number;
    readonly wakeAt: number | undefined;
  }[];
}

/** A placement whose row can't be read now has no room. */
export async function readPlaces(ports: PlacePorts): Promise<Places> {
  const read = await Promise.all(ports.placements.map((placement) => readPlace(ports, placement)));
  return createPlaces(
    ports,
    read.filter((place) => place !== undefined),
  );
}

function createPlaces(ports: PlacePorts, read: readonly Place[]): Places {
  const byName = new Map(read.map((place) => [place.placement.name, place]));

  /** An older job waits for these: whoever is younger waits behind it, though a place may become free meanwhile. */
  const closed = new Set<string>();

  /** The platform's quotas that an older job waits for, by placement: who asks nothing of these may pass. */
  const reserved = new Map<string, Set<string>>();

  /**
   * By placement, the time from which one job may probe what can't be had there now: the earliest that a waiting job of
   * this pass has met.
   */
  const tryAgainAt = new Map<string, number>();

  /** When time alone makes room in those that were found full; it may have come to that before the pass ends. */
  const roomAt = new Map<string, number>();

  const holding = (name: string): Place | undefined =>
    [...byName.values()].find(({ row }) => name in row.holders);

  /** Whoever put the name in did not come to admit the job: as what it was put in, the row says of a probe. */
  const heldBy = ({ placement, row }: Place, job: JobRow, name: string): TakenPlace => {
    const probed = probedBy(row, name);
    if (probed !== undefined && job.plan !== undefined)
      return {
        placement: placement.name,
        gpu: probedGpu(job.plan, probed),
        resources: undefined,
        probes: true,
      };
    const room = roomOf(placement.name, job, false);
    const { gpu, resources } = room.kind === 'room' ? room : UNKNOWN_ROOM;
    return { placement: placement.name, gpu, resources, probes: false };
  };

  const roomy = (job: JobRow, mayProbe: boolean): Room | undefined => {
    for (const name of placementOrder(job)) {
      const place = byName.get(name);
      if (place === undefined || !isOpen(name, 0)) continue;
      const room = roomOf(name, job, mayProbe);
      if (room.kind === 'room' && isOpen(name, coresOf(job, room.resources))) return { place, room };
    }
    return undefined;
  };

  const roomOf = (name: string, { plan }: JobRow, mayProbe: boolean): OfferRoom => {
    const place = byName.get(name);
    if (place === undefined || plan === undefined) return UNKNOWN_ROOM;
    return offerRoom(plan, place.placement, place.row, {
      backend: ports.factsOf(name),
      reading: ports.quotas?.of(name),
      reserved: reserved.get(name) ?? new Set(),
      mayProbe,
      now: ports.clock.now(),
    });
  };

  /** Whether anything on offer that answers this wish may be tried now. */
  const canBeHad = (name: string, gpu: HintedWants['gpu']): boolean => {
    const place = byName.get(name);
    if (place?.row.shut === undefined) return true;
    const now = ports.clock.now();
    const standings = resourcesFor(gpu, place.placement).map((resource) =>
      capacityStanding(place.row, resource, now),
    );
    if (standings.length === 0 || standings.some(({ kind }) => kind !== 'shut')) return true;
    for (const standing of standings) if (standing.kind === 'shut') noteTryAgain(name, standing.until);
    return false;
  };

  const noteTryAgain = (name: string, at: number | undefined): void => {
    if (at !== undefined) tryAgainAt.set(name, Math.min(at, tryAgainAt.get(name) ?? at));
  };

  const reserve = (placement: string, quota: string): void => {
    reserved.set(placement, (reserved.get(placement) ?? new Set<string>()).add(quota));
  };

  const isOpen = (name: string, cores: number): boolean => {
    const place = byName.get(name);
    if (place === undefined || closed.has(name)) return false;
    const now = ports.clock.now();
    const { traits } = ports.factsOf(name);
    const at = roomAgainAt(place.placement, traits, place.row, now);
    if (at !== undefined) roomAt.set(name, at);
    return hasRoom(place.placement, traits, place.row, cores, now);
  };

  const write = async (place: Place, row: PlacementRow): Promise<boolean> => {
    const { placement, etag } = place;
    if ((await ports.placementRows.write(row, etag)) === 'done') {
      byName.set(placement.name, { ...place, row, isWritten: true });
      return true;
    }
    await readAgain(placement);
    return false;
  };

  const readAgain = async (placement: Placement): Promise<void> => {
    const read = await ports.placementRows.read(placement.name);
    byName.set(placement.name, { placement, ...read, isWritten: false });
  };

  return {
    areHopeless: ({ placements, gpu }, name) => {
      if (holding(name) !== undefined) return false;
      const open = placements.filter((wanted) => isOpen(wanted, 0));
      if (open.some((wanted) => canBeHad(wanted, gpu))) return false;
      for (const wanted of placements) if (!open.includes(wanted)) closed.add(wanted);
      return true;
    },
    hasRoomFor: (job, name, mayProbe) => holding(name) !== undefined || roomy(job, mayProbe) !== undefined,
    closeFor: (job, mayProbe) => {
      for (const name of placementOrder(job)) {
        const room = roomOf(name, job, mayProbe);
        if (room.kind === 'waits') reserve(name, room.quota);
        if (room.kind === 'room') closed.add(name);
        if (room.kind === 'shut') noteTryAgain(name, room.until);
      }
    },
    take: async (job, name, mayProbe) => {
      for (;;) {
        const held = holding(name);
        if (held !== undefined) return heldBy(held, job, name);
        const found = roomy(job, mayProbe);
        if (found === undefined) return undefined;
        const { place, room } = found;
        const { gpu, resources, probes } = room;
        if (place.isWritten) {
          await readAgain(place.placement);
          continue;
        }
        const holder = holderOf(job.plan, { gpu, resources }, ports.clock.now());
        const taken = withHolder(place.placement, place.row, name, holder);
        // In one write: of any number that find it due, one is the probe.
        const row = probes ? withProbe(taken, resourceOf(gpu), name) : taken;
        if (await write(place, row)) return { placement: place.placement.name, gpu, resources, probes };
      }
    },
    waitingForTime: () =>
      [...byName.keys()].flatMap((name) => {
        const instants = [closed.has(name) ? roomAt.get(name) : undefined, tryAgainAt.get(name)].filter(
          (instant) => instant !== undefined,
        );
        if (instants.length === 0) return [];
        return [{ placement: name, at: Math.min(...instants), wakeAt: byName.get(name)?.row.wakeAt }];
      }),
  };
}

async function readPlace(ports: PlacePorts, placement: Placement): Promise<Place | undefined> {
  try {
    return { placement, ...(await ports.placementRows.read(placement.name)), isWritten: false };
  } catch (error) {
    ports.log.error(
      `Nothing is admitted to ${placement.name} now, its row can't be read: ${messageOf(error)}`,
    );
    return undefined;
  }
}

function coresOf({ plan }: JobRow, resources: Resources | undefined): number {
  return resources?.cpu ?? plan?.resources?.cpu ?? 0;
}
