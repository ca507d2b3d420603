// A compute backend that answers as told and notes what was asked of it.
import type { LogRead } from '../../../domain/logs/log-read';
import type { QuotaUsage } from '../../../domain/placement/quota';
import type {
  ComputeBackend,
  CreateAnswer,
  CreateRequest,
  ListedWorkload,
  Observation,
  PrepareAnswer,
  RemovalAnswer,
  RemovalFacts,
  WorkloadList,
  WorkloadRef,
} from '../../../domain/ports/compute-backend';
import type { LogStore } from '../../../domain/ports/log-store';

export class ScriptedBackend implements ComputeBackend {
  /** What was asked, in order: `create NAME`, `prepare NAME`, `observe NAME`, `logs NAME`, `remove NAME`. */
  readonly asked: string[] = [];
  readonly creates: CreateRequest[] = [];
  /** What the next looks show. The last one repeats. */
  looks: Observation[] = [{ kind: 'absent' }];
  answer: CreateAnswer = { kind: 'accepted' };
  /** Exists once `preparing` was called. Then a create is two calls. */
  prepare?: (request: CreateRequest) => Promise<PrepareAnswer>;
  readonly prepares: CreateRequest[] = [];
  /** Exists where the platform keeps whole logs. */
  logStore?: LogStore;
  /** What each removal was told of the attempt's row. */
  readonly removals: (RemovalFacts | undefined)[] = [];
  log: LogRead = { kind: 'unavailable', why: 'nothing was printed' };
  listed: ListedWorkload[] = [];
  quotas: QuotaUsage[] = [];
  serverTime = 0;
  /** Runs in each call before its answer. It may change things, or throw the failure that the call meets. */
  meanwhile: (asked: string) => void | Promise<void> = () => undefined;

  /** Makes a create two calls. The first of them gets these answers; the last one repeats. */
  preparing(...answers: PrepareAnswer[]): void {
    this.prepare = async (request) => {
      this.prepares.push(request);
      await this.#ask(`prepare ${request.ref.name}`);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === undefined) throw new Error('The scripted backend has no answer to a preparation.');
      return answer;
    };
  }

  async create(request: CreateRequest): Promise<CreateAnswer> {
    this.creates.push(request);
    await this.#ask(`create ${request.ref.name}`);
    return this.answer;
  }

  async observe(ref: WorkloadRef): Promise<Observation> {
    await this.#ask(`observe ${ref.name}`);
    return this.#look();
  }

  async logs(ref: WorkloadRef): Promise<LogRead> {
    await this.#ask(`logs ${ref.name}`);
    return this.log;
  }

  async remove(ref: WorkloadRef, known?: RemovalFacts): Promise<RemovalAnswer> {
    this.removals.push(known);
    await this.#ask(`remove ${ref.name}`);
    const observation = this.#look();
    const isOurs = observation.kind === 'present' || observation.kind === 'prepared';
    return { sent: isOurs ? 'delete' : 'nothing', observation };
  }

  async list(owner: string): Promise<WorkloadList> {
    await this.#ask(`list ${owner}`);
    return { serverTime: this.serverTime, workloads: this.listed };
  }

  async usages(): Promise<readonly QuotaUsage[]> {
    await this.#ask('usages');
    return this.quotas;
  }

  /** How often something was asked, by its first word. */
  count(verb: string): number {
    return this.asked.filter((asked) => asked.startsWith(`${verb} `)).length;
  }

  async #ask(what: string): Promise<void> {
    this.asked.push(what);
    await this.meanwhile(what);
  }

  #look(): Observation {
    const [next, ...rest] = this.looks;
    if (next === undefined) throw new Error('The scripted backend has nothing to show.');
    if (rest.length > 0) this.looks = rest;
    return next;
  }
}
