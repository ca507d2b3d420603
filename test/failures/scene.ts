// The app in one process and virtual time: real jobs and activities, the genuine client, one emulator for each
// placement.
import type { JobView } from '../../api/jobs';
import { jobView } from '../../api/views/job-view';
import { createAciBackend } from '../../backends/aci/aci-backend';
import type { AciPlacement } from '../../backends/aci/placement';
import { instanceId } from '../../domain/job/names';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import type { OrchestrationStarter, StoryInput } from '../../domain/ports/orchestration-starter';
import type { JobSpec } from '../../domain/spec/job-spec';
import { createActivities } from '../../jobs/attempt/activities';
import { submit } from '../../jobs/job/submit';
import { dispatch } from '../../jobs/placement/dispatch';
import { onKick } from '../../jobs/placement/kick';
import { createQuotaReadings } from '../../jobs/placement/quota-readings';
import type { Ports } from '../../jobs/ports';
import { sweep } from '../../jobs/sweep/sweep';
import { ACTIVITY_NAMES } from '../../orchestrations/activity-contract';
import { type AciEmulator, createAciEmulator } from '../../standins/aci/emulator';
import { type AciSettings, DEFAULT_ACI_SETTINGS } from '../../standins/aci/settings';
import type { ImageStanding } from '../../standins/containers/runtime';
import { createScriptedRuntime, type Script } from '../../standins/containers/scripted';
import { createVirtualTime, type VirtualTime } from '../../standins/kernel/virtual-time';
import type { WireRequest, WireResponse } from '../../standins/wire/handler';
import { testApp } from '../support/app/test-app';
import { armClients } from '../support/arm-clients';
import { MemoryMessageQueue } from '../support/memory/memory-message-queue';
import { testFacts, testPlacement } from '../support/placements';
import { NEW_YEAR } from '../support/rows';

const MINUTE = 60_000;

export interface Region {
  readonly placement?: Partial<AciPlacement>;
  readonly settings?: Partial<AciSettings>;
  /** What each start of a program does, in order; the last goes on. */
  readonly scripts?: readonly Script[];
  readonly standingOf?: (image: string) => ImageStanding;
  /** Answers in the emulator's place, or gives another request for it. */
  readonly intercept?: (request: WireRequest) => WireResponse | WireRequest | undefined;
}

export interface Scene {
  readonly ports: Ports;
  readonly emulators: ReadonlyMap<string, AciEmulator>;
  /** Everything that was told as a completion event or an alarm. */
  readonly events: MemoryMessageQueue;
  readonly now: () => number;
  submit(spec: JobSpec, key?: string): Promise<string>;
  /** Lets so much virtual time pass; stories, kicks and minute ticks run in it. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until the job is as wanted; throws when it isn't within `limitMs`. */
  until(jobId: string, wanted: (job: JobView) => boolean, limitMs: number): Promise<JobView>;
  view(jobId: string): Promise<JobView>;
}

const PROGRAM_MS = 5_000;
export const ENDS_WELL: Script = {
  prints: [{ atMs: 1, text: 'hello\n' }],
  exit: { atMs: PROGRAM_MS, code: 0 },
};
export const NEVER_ENDS: Script = { prints: [{ atMs: 1, text: 'hello\n' }] };
export const GPU_JOB: JobSpec = { image: 'example/program:1', gpu: { count: 1, sku: 'V100' } };

interface Telling extends StoryInput {
  step: number;
  dueAt: number;
}

/** One placement a region, in this order, each with an emulator of its own. */
export function setScene(regions: Readonly<Record<string, Region>>): Scene {
  const time = createVirtualTime(NEW_YEAR);
  const { clock } = time;
  const now = (): number => clock.now();
  const advance = (until: number): void => {
    while (time.runNext(until));
  };
  const placements = Object.entries(regions).map(([name, { placement }]) =>
    testPlacement({ name, ...placement }),
  );
  const emulators = new Map<string, AciEmulator>();
  const backends = new Map<string, ComputeBackend>();
  for (const placement of placements) {
    const emulator = emulatorOf(time, regions[placement.name] ?? {});
    emulators.set(placement.name, emulator);
    backends.set(placement.name, backendOver(emulator, placement, regions[placement.name] ?? {}));
  }
  const backendOf = (name: string): ComputeBackend => {
    const backend = backends.get(name);
    if (backend === undefined) throw new Error(`There is no placement ${name}.`);
    return backend;
  };

  const told: Telling[] = [];
  const starter: OrchestrationStarter = {
    start: (story) => {
      told.push({ ...story, step: 0, dueAt: clock.now() });
      return Promise.resolve();
    },
    status: (story) =>
      Promise.resolve(told.some((other) => instanceId(other) === instanceId(story)) ? 'running' : 'ended'),
    wake: () => Promise.resolve(),
  };
  const pause = (ms: number): Promise<void> => {
    advance(clock.now() + ms);
    return Promise.resolve();
  };
  const kicks = new MemoryMessageQueue(now);
  const events = new MemoryMessageQueue(now);
  const quotas = createQuotaReadings({
    clock,
    placements,
    backendOf,
    factsOf: testFacts(placements),
    pause: () => Promise.resolve(),
  });
  const app = testApp({ clock, pause, placements, backendOf, quotas, kicks, events });
  const ports = { ...app.ports, starter };
  const activities = createActivities(ports);

  async function tellOn(story: Telling): Promise<void> {
    const name = ACTIVITY_NAMES[story.step];
    const { jobId, attempt, epoch } = story;
    const turn =
      name === undefined ? ({ next: 'stop' } as const) : await activities[name]({ jobId, attempt, epoch });
    if (turn.next === 'go-on') story.step += 1;
    else if (turn.next === 'look-again') story.dueAt = clock.now() + turn.afterMs;
    else told.splice(told.indexOf(story), 1);
  }

  const handled = new Set<object>();
  async function handleKicks(): Promise<void> {
    for (const message of kicks.sent) {
      if (handled.has(message) || message.visibleAt > clock.now()) continue;
      handled.add(message);
      await onKick(ports, JSON.parse(message.text));
    }
  }

  let tickAt = NEW_YEAR + MINUTE;
  async function tick(): Promise<void> {
    tickAt += MINUTE;
    await sweep(ports);
    await dispatch(ports);
    await quotas.refresh();
  }

  /** The next thing of ours that is due by `until`; false when there is none and that instant is reached. */
  async function next(until: number): Promise<boolean> {
    const story = told.toSorted((a, b) => a.dueAt - b.dueAt)[0];
    const kickAt = kicks.sent.filter((message) => !handled.has(message)).map(({ visibleAt }) => visibleAt);
    const at = Math.min(until, tickAt, story?.dueAt ?? until, ...kickAt);
    advance(Math.max(at, clock.now()));
    await handleKicks();
    if (story !== undefined && story.dueAt <= clock.now()) await tellOn(story);
    if (tickAt <= clock.now()) await tick();
    return clock.now() < until;
  }

  const view = async (jobId: string): Promise<JobView> => {
    const records = await ports.jobs.read(jobId);
    if (records === undefined) throw new Error(`There is no job ${jobId}.`);
    return jobView(records);
  };

  return {
    ports,
    emulators,
    events,
    now,
    submit: async (spec, key = 'key') => {
      const submitted = await submit(ports, { spec, key, source: 'http' });
      if (submitted.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(submitted)}`);
      await dispatch(ports);
      return submitted.jobId;
    },
    pass: async (ms) => {
      const until = clock.now() + ms;
      while (await next(until));
    },
    until: async (jobId, wanted, limitMs) => {
      const until = clock.now() + limitMs;
      for (;;) {
        const job = await view(jobId);
        if (wanted(job)) return job;
        if (!(await next(until)))
          throw new Error(
            `Job ${jobId} is not as wanted after ${limitMs} ms: ${JSON.stringify(job, null, 1)}`,
          );
      }
    },
    view,
  };
}

function emulatorOf(time: VirtualTime, { settings, scripts = [ENDS_WELL], standingOf }: Region): AciEmulator {
  let starts = 0;
  let ids = 0;
  const nextScript = (): Script => scripts[Math.min(starts++, scripts.length - 1)] ?? ENDS_WELL;
  return createAciEmulator({
    clock: time.clock,
    timers: time.timers,
    newId: () => `00000000-0000-0000-0000-${String(++ids).padStart(12, '0')}`,
    runtime: createScriptedRuntime(time.timers, nextScript, standingOf),
    settings: { ...DEFAULT_ACI_SETTINGS, ...settings },
  });
}

function backendOver(emulator: AciEmulator, placement: AciPlacement, { intercept }: Region): ComputeBackend {
  const handle = (request: WireRequest): Promise<WireResponse> | WireResponse => {
    const instead = intercept?.(request) ?? request;
    return 'status' in instead ? instead : emulator.handle(instead);
  };
  const clients = armClients(handle);
  return createAciBackend(placement, () => clients);
}

/** ARM's error envelope. */
export function armError(status: number, code: string, message: string): WireResponse {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ error: { code, message } }) };
}
