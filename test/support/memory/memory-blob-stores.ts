// The blob stores in memory, for tests and simulations. Each call is one step.
import { TerminalError } from '../../../domain/errors';
import type { HeldSecrets, RejectedStore, ResultStore, SpecStore } from '../../../domain/ports/blob-stores';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { step } from './step';

export class MemorySpecStore implements SpecStore {
  readonly #specs = new Map<string, JobSpec>();

  put(specHash: string, spec: JobSpec): Promise<void> {
    return step(() => {
      if (!this.#specs.has(specHash)) this.#specs.set(specHash, structuredClone(spec));
    });
  }

  get(specHash: string): Promise<JobSpec> {
    return step(() => {
      const spec = this.#specs.get(specHash);
      if (spec === undefined) throw new TerminalError(`No spec is stored under ${specHash}`);
      return structuredClone(spec);
    });
  }
}

interface Held {
  readonly secrets: Readonly<Record<string, string>>;
  readonly at: number;
}

export class MemoryHeldSecrets implements HeldSecrets {
  readonly #held = new Map<string, Map<string, Held>>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  put(jobId: string, specHash: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    return step(() => {
      const ofJob = this.#held.get(jobId) ?? new Map<string, Held>();
      this.#held.set(jobId, ofJob.set(specHash, { secrets: { ...secrets }, at: this.#now() }));
    });
  }

  get(jobId: string, specHash: string): Promise<Readonly<Record<string, string>>> {
    return step(() => ({ ...this.#held.get(jobId)?.get(specHash)?.secrets }));
  }

  remove(jobId: string): Promise<void> {
    return step(() => void this.#held.delete(jobId));
  }

  removeWrittenBefore(jobId: string, instant: number): Promise<void> {
    return step(() => {
      const ofJob = this.#held.get(jobId);
      for (const [specHash, { at }] of ofJob ?? []) if (at < instant) ofJob?.delete(specHash);
      if (ofJob?.size === 0) this.#held.delete(jobId);
    });
  }

  listJobs(): Promise<readonly string[]> {
    return step(() => this.jobIds());
  }

  /** The same as listJobs, at once, for checkers. */
  jobIds(): string[] {
    return [...this.#held.keys()];
  }
}

export class MemoryResultStore implements ResultStore {
  readonly #records = new Map<string, unknown>();

  put(jobId: string, record: unknown): Promise<void> {
    return step(() => void this.#records.set(jobId, structuredClone(record)));
  }

  /** The record as it was put; undefined when none was. */
  recordOf(jobId: string): unknown {
    return this.#records.get(jobId);
  }
}

export class MemoryRejectedStore implements RejectedStore {
  readonly #messages = new Map<string, Buffer>();

  put(jobId: string, bytes: Buffer): Promise<void> {
    return step(() => void this.#messages.set(jobId, Buffer.from(bytes)));
  }

  get(jobId: string): Promise<Buffer | undefined> {
    return step(() => this.#messages.get(jobId));
  }

  bytesOf(jobId: string): Buffer | undefined {
    return this.#messages.get(jobId);
  }
}
