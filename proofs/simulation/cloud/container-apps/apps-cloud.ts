// Container Apps behind their wire: what is made and removed there, what happens to it by itself, and the record of all
// that happened.
import { type Execution, isOver } from '../../../../standins/container-apps/executions/execution';
import { json, type WireRequest, type WireResponse } from '../../../../standins/wire/handler';
import { type FaultKind, faultsOf } from '../../../faults/fault';
import type { Program } from '../../users/program';
import type { World } from '../../world/world';
import type { CloudRecord } from '../cloud-record';
import type { Platform } from '../platform';
import type { Subject } from '../recorded-programs';
import type { AppsAsk } from './apps-ask';
import { AppsWeather } from './apps-weather';
import type { AppsWorkspace } from './apps-workspace';
import { planDefinition, sentDefinition } from './definition-plan';
import { handmadeJob } from './handmade-job';
import { isHealthyExecution, SimulatedApps } from './simulated-apps';

/** The worst PUT of 773, milliseconds. */
const SLOW_PUT_MS = 215_000;
/** For how long removals may do nothing, as parts of the time after which one is overdue. */
const IGNORED = [0.03, 0.1, 0.1, 0.3, 0.5, 1.5] as const;

export class AppsCloud implements Platform {
  readonly apps: SimulatedApps;
  readonly record: CloudRecord;
  readonly #world: World;
  readonly #weather: AppsWeather;
  /** In some runs something happens to every other execution. */
  readonly #isRough: boolean;
  /** Until when, by name, removals do nothing, and lists leave executions out. */
  readonly #undeletableUntil = new Map<string, number>();
  readonly #hiddenUntil = new Map<string, number>();
  /** Executions that the platform has made beside the one that was asked for. */
  readonly #asides = new Set<string>();
  #queriesRefusedUntil = 0;
  /** By execution: when the product last asked to stop it, epoch milliseconds. */
  readonly #stopsAsked = new Map<string, number>();

  constructor(world: World, record: CloudRecord, workspace: AppsWorkspace | undefined) {
    this.#world = world;
    this.record = record;
    this.apps = new SimulatedApps(world, workspace, (execution) => this.#subjectOf(execution));
    this.#weather = new AppsWeather(world, this.apps, record);
    this.#isRough = world.random.chance(0.2);
  }

  /** While a definition stands, or a program of it runs. */
  exists(name: string): boolean {
    if (this.apps.job(name) !== undefined) return true;
    const group = this.record.group(name);
    return (
      group !== undefined && [...group.runs, ...group.besides].some(({ endedAt }) => endedAt === undefined)
    );
  }

  storedLines(run: string, at: number): ReadonlySet<string> {
    return this.apps.storedLines(run, at);
  }

  /** Queries are refused until then, epoch milliseconds. */
  refuseQueries(until: number): void {
    this.#queriesRefusedUntil = Math.max(this.#queriesRefusedUntil, until);
  }

  storeAnswersFrom(): number {
    return this.#queriesRefusedUntil;
  }

  setNextPull(ms: number): void {
    this.apps.knobs.nextPullMs = ms;
  }

  /** For so long lists leave its executions out, milliseconds. */
  hide(name: string, ms: number): void {
    this.#hiddenUntil.set(name, this.#world.now() + ms);
  }

  /** The product asks to stop it, whatever becomes of that. */
  stopAsked(execution: string): void {
    this.#stopsAsked.set(execution, this.#world.now());
  }

  /** Whether one beside the first runs that it was not asked to stop since, epoch milliseconds. */
  hasUnstopped(name: string, since: number): boolean {
    return this.apps
      .executions(name)
      .some(
        (one) =>
          this.#asides.has(one.name) &&
          one.shown &&
          !isOver(one) &&
          (this.#stopsAsked.get(one.name) ?? 0) < since,
      );
  }

  /** Effects come before the answer. */
  perform(deployment: string, ask: AppsAsk, request: WireRequest): WireResponse {
    switch (ask.call) {
      case 'apps.put-job':
        return this.#define(deployment, ask.name, request);
      case 'apps.start':
        return this.#start(ask.name, request);
      case 'apps.stop':
        return this.#stop(deployment, ask, request);
      case 'apps.delete-job':
        return this.#delete(deployment, ask.name, request);
      case 'apps.list-executions':
        return this.#world.now() < (this.#hiddenUntil.get(ask.name) ?? 0) &&
          this.apps.job(ask.name) !== undefined
          ? json(200, { value: [] })
          : this.apps.handle(request);
      default:
        return this.apps.handle(request);
    }
  }

  /** Answers a removal that does nothing, and makes later ones do nothing for a while. */
  ignoreRemovals(name: string): WireResponse {
    const { random, times } = this.#world;
    this.stickRemoval(name, this.#world.now() + times.overdueS * 1000 * random.pick(IGNORED));
    return taken();
  }

  stickRemoval(name: string, until: number): void {
    this.#world.tell('platform', `removals of ${name} do nothing until ${new Date(until).toISOString()}`);
    this.#undeletableUntil.set(name, until);
    this.record.undeletable.add(name);
  }

  lose(name: string): void {
    this.#world.tell('somebody', `DELETES ${name}`);
    this.record.lost(name);
    this.#removeAll(name);
  }

  makeByHand(name: string, tags: Readonly<Record<string, string>>, program?: Program): void {
    if (this.apps.job(name) !== undefined) return;
    this.apps.knobs.nextPutMs = 0;
    const { status } = this.apps.direct('PUT', `/jobs/${name}`, handmadeJob(tags, program));
    if (status >= 300) return;
    this.record.madeByHand(name, tags);
    if (program !== undefined) this.#world.later(1, () => this.apps.direct('POST', `/jobs/${name}/start`));
  }

  removeByHand(name: string): void {
    if (!this.exists(name)) return;
    this.#world.tell('somebody', `removes ${name} by hand`);
    this.record.removedByHand(name);
    this.#removeAll(name);
  }

  #define(deployment: string, name: string, request: WireRequest): WireResponse {
    const { tags, variant } = sentDefinition(request.body);
    if (this.apps.job(name) !== undefined) {
      const isRunning = this.apps.executions(name).some((one) => !isOver(one));
      const answer = this.apps.handle(request);
      if (answer.status >= 300) return answer;
      this.record.redefined(deployment, name, tags, variant);
      // One that comes late may end what was started meanwhile: nobody knows how it would have ended.
      const isEnded = this.apps.settings.switches.changeWhileRunning === 'stops-executions';
      if (isEnded && isRunning) this.record.disrupted(name);
      return answer;
    }
    const { body, trouble } = planDefinition(this.#world, request.body);
    if (trouble === 'slow') this.apps.knobs.nextPutMs = SLOW_PUT_MS;
    if (trouble === 'stuck') this.apps.inject({ kind: 'stuck-put', count: 1 });
    if (trouble === 'fails') this.apps.inject({ kind: 'failed-put', count: 1 });
    const answer = this.apps.handle({ ...request, body });
    if (answer.status < 300) {
      this.record.defined(name, tags, variant);
      this.#mayBeAfflicted(name);
    }
    return answer;
  }

  #start(name: string, request: WireRequest): WireResponse {
    const kind = this.#mayStart(name) ? this.#trouble() : undefined;
    const before = this.apps.executions(name).length;
    this.#weather.prepareExecution(kind);
    const answer = this.apps.handle(request);
    const started = this.apps.executions(name).slice(before);
    if (started.length > 0) this.record.begun(name);
    // A start that was refused leaves its second execution to the next one.
    if (started.length > 1) this.#setAside(started);
    if (kind === 'forgotten') this.#weather.forget(name);
    if (kind === 'platform-failure') {
      // Without the platform's log nothing tells that no program was there.
      this.record.disrupted(name);
      this.record.failureShown(name);
    }
    return answer;
  }

  #trouble(): FaultKind | undefined {
    const { random, plan } = this.#world;
    const place = { call: 'platform.app-execution', state: '-' };
    const kind = plan.at(place);
    if (kind !== undefined || plan.isCalm() || !this.#isRough || !random.chance(0.5)) return kind;
    return random.pick(faultsOf(place.call, place.state));
  }

  /** Of those that one start has made the job's own is the one that the product must take for the first. */
  #setAside(started: readonly Execution[]): void {
    const names = started.map((execution) => execution.name).sort();
    for (const name of names.slice(1)) {
      this.#world.tell('platform', `starts ${name} beside ${names[0] ?? '?'}`);
      this.#asides.add(name);
    }
  }

  #mayStart(name: string): boolean {
    const job = this.apps.job(name);
    if (job?.state === 'InProgress') return this.apps.settings.switches.startDuringWrite === 'accepted';
    return job?.state === 'Succeeded';
  }

  #stop(deployment: string, { name, execution }: AppsAsk, request: WireRequest): WireResponse {
    if (this.#isStuck(name)) return taken();
    const own = this.apps
      .executions(name)
      .filter((one) => !this.#asides.has(one.name) && (execution === undefined || one.name === execution));
    if (own.length > 0) this.record.deleteTook(deployment, name, own.some(isHealthyExecution));
    return this.apps.handle(request);
  }

  #delete(deployment: string, name: string, request: WireRequest): WireResponse {
    if (this.#isStuck(name)) return taken();
    const job = this.apps.job(name);
    if (job !== undefined && job.state !== 'Deleting')
      this.record.deleteTook(deployment, name, this.#isHealthy(name));
    return this.apps.handle(request);
  }

  /**
   * A definition that was never started is wanted as long as its attempt has no verdict. The check that judges it looks
   * that up. Of one that was started and has lost its executions nothing runs, and nothing ever will.
   */
  #isHealthy(name: string): boolean {
    const group = this.record.group(name);
    const own = this.apps.executions(name).filter((one) => !this.#asides.has(one.name));
    if (own.length === 0) return group?.begun !== true || group.lostAt === undefined;
    return own.some(isHealthyExecution);
  }

  #isStuck(name: string): boolean {
    return this.#world.now() < (this.#undeletableUntil.get(name) ?? 0);
  }

  #removeAll(name: string): void {
    for (const execution of this.apps.executions(name)) execution.stop();
    this.apps.knobs.nextDeleteMs = 0;
    this.apps.direct('DELETE', `/jobs/${name}`);
    this.apps.knobs.nextDeleteMs = undefined;
  }

  #subjectOf(execution: string): Subject {
    const { streamAfterEnd, replicasAfterEnd, endedDetail } = this.apps.settings.switches;
    return {
      record: this.record,
      name: SimulatedApps.jobOf(execution),
      isAside: this.#asides.has(execution),
      hidesLogAtEnd: streamAfterEnd === 'gone' || replicasAfterEnd === 'gone',
      hidesExitCode: endedDetail !== 'kept',
    };
  }

  /** A few times in its life each workload may be hit by what happens there. */
  #mayBeAfflicted(name: string): void {
    const { random, plan } = this.#world;
    for (let look = 0; look < 3; look += 1) {
      this.#world.later(random.int(5_000, random.pick([60_000, 600_000])), () => {
        const group = this.record.group(name);
        if (this.apps.job(name) === undefined || group === undefined || group.deletedAt !== undefined) return;
        const kind = plan.at({ call: 'platform.app', state: this.record.stateOf(name) });
        if (kind === 'lost') this.lose(name);
        if (kind === undefined || kind === 'lost' || !group.begun) return;
        if (kind === 'forgotten') this.#weather.forget(name);
        if (kind === 'stopped') this.#weather.stop(name);
      });
    }
  }
}

/** What a stop or a delete is answered that does nothing. */
function taken(): WireResponse {
  const location =
    'https://management.azure.com/subscriptions/any/providers/Microsoft.App/locations/any/containerappsjobOperationResults/any?api-version=2026-07-01';
  return { status: 202, headers: { location, 'retry-after': '0', 'content-length': '0' } };
}
