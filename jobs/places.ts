// The placements as one pass of the dispatcher sees them: each row read once, written on its ETag, full once found full (protocol §3.2, §3.3).
import { hasRoom, placementOrder, roomAgainAt, withHolder } from '../domain/admission';
import { messageOf } from '../domain/errors';
import type { JobRow } from '../domain/job';
import type { Versioned } from '../domain/job-store';
import type { Placement } from '../domain/placement';
import type { PlacementRow } from '../domain/placement-store';
import { type QuotaRoom, quotaRoom } from '../domain/quota-room';
import type { Ports } from './ports';

export type PlacesPorts = Pick<Ports, 'clock' | 'log' | 'placementRows' | 'placements' | 'quotas'>;

interface Place extends Versioned<PlacementRow> {
  readonly placement: Placement;
  /** We have written the row since: its new ETag is not known. */
  readonly isWritten: boolean;
}

export class Places {
  readonly #ports: PlacesPorts;
  readonly #places: Map<string, Place>;
  /** An older job waits for these: whoever is younger waits behind it, though a place may become free meanwhile. */
  readonly #closed = new Set<string>();
  /** Azure's quotas that an older job waits for, by placement: who asks nothing of these may pass. */
  readonly #reserved = new Map<string, Set<string>>();
  /** When time alone makes room in those that were found full; it may have come to that before the pass ends. */
  readonly #roomAgainAt = new Map<string, number>();

  private constructor(ports: PlacesPorts, places: readonly Place[]) {
    this.#ports = ports;
    this.#places = new Map(places.map((place) => [place.placement.name, place]));
  }

  /** A placement whose row can't be read now has no room. */
  static async read(ports: PlacesPorts): Promise<Places> {
    const read = await Promise.all(ports.placements.map((placement) => readPlace(ports, placement)));
    return new Places(
      ports,
      read.filter((place) => place !== undefined),
    );
  }

  /** Whether no workload, however small, could go to any of these now, and none of them holds `name` already. */
  areFull(placements: readonly string[], name: string): boolean {
    if (this.#holding(name) !== undefined) return false;
    return !placements.some((wanted) => this.#isOpen(wanted, 0));
  }

  /** Whether the job could take a place, by what this pass has read. */
  hasRoomFor(job: JobRow, name: string): boolean {
    return this.#holding(name) !== undefined || this.#roomy(job) !== undefined;
  }

  /** Keeps everyone younger out of the job's placements for the rest of the pass, or out of the quota that it waits for there. */
  closeFor(job: JobRow): void {
    for (const name of placementOrder(job)) {
      const room = this.#quotaRoom(name, job);
      if (room.kind === 'waits') this.#reserve(name, room.quota);
      if (room.kind === 'room') this.#closed.add(name);
    }
  }

  /** Keeps everyone younger out of these for the rest of the pass. */
  close(placements: readonly string[]): void {
    for (const name of placements) this.#closed.add(name);
  }

  /** The placement that now holds the name: one that held it already, else the first in the job's order with room. */
  async take(job: JobRow, name: string): Promise<string | undefined> {
    for (;;) {
      const held = this.#holding(name);
      if (held !== undefined) return held;
      const place = this.#roomy(job);
      if (place === undefined) return undefined;
      if (place.isWritten) await this.#readAgain(place.placement);
      else if (await this.#write(place, withHolder(place.row, name, coresOf(job), this.#ports.clock.now())))
        return place.placement.name;
    }
  }

  /**
   * The placements that keep a job waiting for nothing but a certain instant: for which one (past already, if the pass took longer), and for
   * which a kick is under way.
   */
  waitingForTime(): {
    readonly placement: string;
    readonly at: number;
    readonly wakeAt: number | undefined;
  }[] {
    return [...this.#closed].flatMap((name) => {
      const at = this.#roomAgainAt.get(name);
      return at === undefined ? [] : [{ placement: name, at, wakeAt: this.#places.get(name)?.row.wakeAt }];
    });
  }

  #holding(name: string): string | undefined {
    return [...this.#places.values()].find(({ row }) => name in row.holders)?.placement.name;
  }

  #roomy(job: JobRow): Place | undefined {
    const open = placementOrder(job).find(
      (name) => this.#isOpen(name, coresOf(job)) && this.#quotaRoom(name, job).kind === 'room',
    );
    return open === undefined ? undefined : this.#places.get(open);
  }

  #quotaRoom(name: string, { plan }: JobRow): QuotaRoom {
    const place = this.#places.get(name);
    if (place === undefined || plan === undefined) return { kind: 'room' };
    const reading = this.#ports.quotas?.of(name);
    return quotaRoom(plan, place.placement, place.row, reading, this.#reserved.get(name) ?? new Set());
  }

  #reserve(placement: string, quota: string): void {
    this.#reserved.set(placement, (this.#reserved.get(placement) ?? new Set<string>()).add(quota));
  }

  #isOpen(name: string, cores: number): boolean {
    const place = this.#places.get(name);
    if (place === undefined || this.#closed.has(name)) return false;
    const now = this.#ports.clock.now();
    const at = roomAgainAt(place.placement, place.row, now);
    if (at !== undefined) this.#roomAgainAt.set(name, at);
    return hasRoom(place.placement, place.row, cores, now);
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

async function readPlace(ports: PlacesPorts, placement: Placement): Promise<Place | undefined> {
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
