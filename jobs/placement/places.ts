// The placements as one pass of the dispatcher sees them: each row is read once, written on its ETag, and full once
// found full (protocol §3.2, §3.3).
import { messageOf } from '../../domain/errors';
import type { JobRow } from '../../domain/job/job';
import { hasRoom, holderOf, placementOrder, roomAgainAt, withHolder } from '../../domain/placement/admission';
import { capacityStanding, probedBy, resourceOf, withProbe } from '../../domain/placement/capacity';
import { type OfferRoom, offerRoom, probedGpu } from '../../domain/placement/offer-room';
import { resourcesFor } from '../../domain/placement/offered-gpus';
import type { Placement } from '../../domain/placement/placement';
import type { HintedWants } from '../../domain/ports/hint-store';
import type { Versioned } from '../../domain/ports/job-store';
import type { PlacementRow } from '../../domain/ports/placement-store';
import type { ChosenGpu } from '../../domain/spec/gpu';
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
  /** It is let in to try what could not be had. */
  readonly probes: boolean;
}

interface Room {
  readonly place: Place;
  readonly room: Extract<OfferRoom, { kind: 'room' }>;
}

export class Places {
  readonly #ports: PlacePorts;
  readonly #places: Map<string, Place>;
  /** An older job waits for these: whoever is younger waits behind it, though a place may become free meanwhile. */
  readonly #closed = new Set<string>();
  /** The platform's quotas that an older job waits for, by placement: who asks nothing of these may pass. */
  readonly #reserved = new Map<string, Set<string>>();
  /**
   * By placement, the time from which one job may probe what can't be had there now: the earliest that a waiting job of
   * this pass has met.
   */
  readonly #tryAgainAt = new Map<string, number>();
  /** When time alone makes room in those that were found full; it may have come to that before the pass ends. */
  readonly #roomAgainAt = new Map<string, number>();

  private constructor(ports: PlacePorts, places: readonly Place[]) {
    this.#ports = ports;
    this.#places = new Map(places.map((place) => [place.placement.name, place]));
  }

  /** A placement whose row can't be read now has no room. */
  static async read(ports: PlacePorts): Promise<Places> {
    const read = await Promise.all(ports.placements.map((placement) => readPlace(ports, placement)));
    return new Places(
      ports,
      read.filter((place) => place !== undefined),
    );
  }

  /**
   * Whether no such workload, however small, could go anywhere now, and no placement holds `name` already. If so, what
   * is full is closed to every younger job. What lacks only the GPU that is asked for is not closed.
   */
  areHopeless({ placements, gpu }: Pick<HintedWants, 'placements' | 'gpu'>, name: string): boolean {
    if (this.#holding(name) !== undefined) return false;
    const open = placements.filter((wanted) => this.#isOpen(wanted, 0));
    if (open.some((wanted) => this.#canBeHad(wanted, gpu))) return false;
    for (const wanted of placements) if (!open.includes(wanted)) this.#closed.add(wanted);
    return true;
  }

  /**
   * Whether the job could take a place, by what this pass has read. `mayProbe`: also as the probe of a SKU that could
   * not be had.
   */
  hasRoomFor(job: JobRow, name: string, mayProbe: boolean): boolean {
    return this.#holding(name) !== undefined || this.#roomy(job, mayProbe) !== undefined;
  }

  /**
   * Keeps every younger job out of this job's placements for the rest of the pass, or out of the quota that it waits
   * for there.
   */
  closeFor(job: JobRow, mayProbe: boolean): void {
    for (const name of placementOrder(job)) {
      const room = this.#offerRoom(name, job, mayProbe);
      if (room.kind === 'waits') this.#reserve(name, room.quota);
      if (room.kind === 'room') this.#closed.add(name);
      if (room.kind === 'shut') this.#noteTryAgain(name, room.until);
    }
  }

  /** The placement that now holds the name: one that held it already, else the first in the job's order with room. */
  async take(job: JobRow, name: string, mayProbe: boolean): Promise<TakenPlace | undefined> {
    for (;;) {
      const held = this.#holding(name);
      if (held !== undefined) return this.#heldBy(held, job, name);
      const found = this.#roomy(job, mayProbe);
      if (found === undefined) return undefined;
      const { place, room } = found;
      const { gpu, probes } = room;
      if (place.isWritten) {
        await this.#readAgain(place.placement);
        continue;
      }
      const taken = withHolder(place.placement, place.row, name, holderOf(job.plan, this.#ports.clock.now()));
      // In one write: of any number that find it due, one is the probe.
      const row = probes ? withProbe(taken, resourceOf(gpu), name) : taken;
      if (await this.#write(place, row)) return { placement: place.placement.name, gpu, probes };
    }
  }

  /**
   * The placements that wait only for a known time, with that time (already past if the pass took longer), and those
   * for which a kick is under way.
   */
  waitingForTime(): {
    readonly placement: string;
    readonly at: number;
    readonly wakeAt: number | undefined;
  }[] {
    return [...this.#places.keys()].flatMap((name) => {
      const instants = [
        this.#closed.has(name) ? this.#roomAgainAt.get(name) : undefined,
        this.#tryAgainAt.get(name),
      ].filter((instant) => instant !== undefined);
      if (instants.length === 0) return [];
      return [{ placement: name, at: Math.min(...instants), wakeAt: this.#places.get(name)?.row.wakeAt }];
    });
  }

  #holding(name: string): Place | undefined {
    return [...this.#places.values()].find(({ row }) => name in row.holders);
  }

  /** Whoever put the name in did not come to admit the job: as what it was put in, the row says of a probe. */
  #heldBy({ placement, row }: Place, job: JobRow, name: string): TakenPlace {
    const probed = probedBy(row, name);
    if (probed !== undefined && job.plan !== undefined)
      return { placement: placement.name, gpu: probedGpu(job.plan, probed), probes: true };
    const room = this.#offerRoom(placement.name, job, false);
    return { placement: placement.name, gpu: room.kind === 'room' ? room.gpu : undefined, probes: false };
  }

  #roomy(job: JobRow, mayProbe: boolean): Room | undefined {
    for (const name of placementOrder(job)) {
      const place = this.#places.get(name);
      if (place === undefined || !this.#isOpen(name, coresOf(job))) continue;
      const room = this.#offerRoom(name, job, mayProbe);
      if (room.kind === 'room') return { place, room };
    }
    return undefined;
  }

  #offerRoom(name: string, { plan }: JobRow, mayProbe: boolean): OfferRoom {
    const place = this.#places.get(name);
    if (place === undefined || plan === undefined) return { kind: 'room', gpu: undefined, probes: false };
    return offerRoom(plan, place.placement, place.row, {
      backend: this.#ports.factsOf(name),
      reading: this.#ports.quotas?.of(name),
      reserved: this.#reserved.get(name) ?? new Set(),
      mayProbe,
      now: this.#ports.clock.now(),
    });
  }

  /** Whether anything on offer that answers this wish may be tried now. */
  #canBeHad(name: string, gpu: HintedWants['gpu']): boolean {
    const place = this.#places.get(name);
    if (place?.row.shut === undefined) return true;
    const now = this.#ports.clock.now();
    const standings = resourcesFor(gpu, place.placement).map((resource) =>
      capacityStanding(place.row, resource, now),
    );
    if (standings.length === 0 || standings.some(({ kind }) => kind !== 'shut')) return true;
    for (const standing of standings) if (standing.kind === 'shut') this.#noteTryAgain(name, standing.until);
    return false;
  }

  #noteTryAgain(name: string, at: number | undefined): void {
    if (at !== undefined) this.#tryAgainAt.set(name, Math.min(at, this.#tryAgainAt.get(name) ?? at));
  }

  #reserve(placement: string, quota: string): void {
    this.#reserved.set(placement, (this.#reserved.get(placement) ?? new Set<string>()).add(quota));
  }

  #isOpen(name: string, cores: number): boolean {
    const place = this.#places.get(name);
    if (place === undefined || this.#closed.has(name)) return false;
    const now = this.#ports.clock.now();
    const { traits } = this.#ports.factsOf(name);
    const at = roomAgainAt(place.placement, traits, place.row, now);
    if (at !== undefined) this.#roomAgainAt.set(name, at);
    return hasRoom(place.placement, traits, place.row, cores, now);
  }

  async #write(place: Place, row: PlacementRow): Promise<boolean> {
    const { placement, etag } = place;
    if ((await this.#ports.placementRows.write(row, etag)) === 'done') {
      this.#places.set(placement.name, { ...place, row, isWritten: true });
      return true;
    }
    await this.#readAgain(placement);
    return false;
  }

  async #readAgain(placement: Placement): Promise<void> {
    const read = await this.#ports.placementRows.read(placement.name);
    this.#places.set(placement.name, { placement, ...read, isWritten: false });
  }
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

function coresOf(job: JobRow): number {
  return job.plan?.resources.cpu ?? 0;
}
