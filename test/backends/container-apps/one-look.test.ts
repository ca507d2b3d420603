// What one look, with the read of its log, takes: requests to Resource Manager, and time where nothing answers.
import { CONTAINER_APPS_TRAITS } from '../../../backends/container-apps/traits';
import type { ImageStanding } from '../../../standins/containers/runtime';
import type { Script } from '../../../standins/containers/scripted';
import { created, refOn } from '../../contract/backend-stage';
import {
  type ContainerAppsStage,
  setContainerAppsStage,
  STAGE_WORKSPACE,
  type StageParts,
} from './container-apps-stage';

const WITH_WORKSPACE: StageParts = { placement: { workspaceId: STAGE_WORKSPACE } };
const UNPULLABLE: ImageStanding = { kind: 'unpullable', why: 'no such image' };

/** The streams and the workspace have hosts of their own. */
function toResourceManager(requests: readonly string[]): readonly string[] {
  return requests.filter((request) => !/\/(logstream|eventstream|query)$/.test(request));
}

const ends = (code: number): Script => ({
  prints: [{ atMs: 1, text: 'hello\n' }],
  exit: { atMs: 5_000, code },
});

describe('the requests of one look and its log to Resource Manager', () => {
  test.each<[string, StageParts]>([
    ['of a program that succeeds', { script: () => ends(0) }],
    ['of a program that fails', { script: () => ends(7) }],
    ['of an image that cannot be pulled', { standingOf: () => UNPULLABLE }],
    [
      'where nothing tells how it ended',
      {
        script: () => ends(7),
        switches: {
          endedDetail: 'absent',
          reasonAndMessage: 'absent',
          replicasAfterEnd: 'gone',
          streamAfterEnd: 'gone',
          jobEvents: 'absent',
        },
      },
    ],
  ])('%s are at no time more than are reckoned with', async (_what, parts) => {
    const stage = setContainerAppsStage({ ...WITH_WORKSPACE, ...parts });
    const ref = refOn(stage);
    await created(stage, ref);
    const counts: number[] = [];
    for (let second = 0; second < 40; second += 1) {
      const before = stage.sent.length;
      await stage.backend.observe(ref);
      await stage.backend.logs(ref);
      counts.push(toResourceManager(stage.sent.slice(before)).length);
      await stage.advance(1_000);
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(CONTAINER_APPS_TRAITS.requests.perLook);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });
});

/** So long a look takes at most; its log less. Seconds. */
const LOOK_WITHIN_S = 30;

/** Time limits follow the stage's time. */
function limitsOf(stage: ContainerAppsStage): void {
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    stage.timers.after(ms, () => controller.abort(new DOMException('Timed out.', 'TimeoutError')));
    return controller.signal;
  });
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
}

/** Seconds until `read` has an answer. */
async function takes(stage: ContainerAppsStage, read: () => Promise<unknown>): Promise<number> {
  const over: true[] = [];
  const whenOver = (): void => void over.push(true);
  const whole = read().finally(whenOver);
  whole.catch(() => undefined); // Told below.
  for (let second = 0; second < 100; second += 1) {
    await settle();
    if (over.length > 0) {
      await whole;
      return second;
    }
    await stage.advance(1_000);
  }
  throw new Error('It never ended.');
}

describe('where no answer comes', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each<[string, RegExp]>([
    ['to anything', /./],
    ['to the reading of the definition', /^GET .*\/jobs\/[^/]+$/],
    ['to the list of executions', /\/executions$/],
    ['to the list of replicas', /\/replicas$/],
    ['to the request of a token', /\/getAuthToken$/],
    ['from the event stream', /\/eventstream$/],
    ['from the replicas nor any stream', /\/(replicas|eventstream|query)$/],
  ])('%s, a look ends within its 30 s', async (_what, hangs) => {
    let isHanging = false;
    let hung = 0;
    const stage = setContainerAppsStage({
      ...WITH_WORKSPACE,
      standingOf: () => UNPULLABLE,
      hangs: (request) => {
        const isHung = isHanging && hangs.test(request);
        if (isHung) hung += 1;
        return isHung;
      },
    });
    await created(stage, refOn(stage));
    await stage.advance(2_000);
    isHanging = true;
    limitsOf(stage);
    const seconds = await takes(stage, () => stage.backend.observe(refOn(stage)));
    expect(hung).toBeGreaterThan(0);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(LOOK_WITHIN_S);
  });

  test.each<[string, RegExp]>([
    ['to anything', /./],
    ['to the list of replicas', /\/replicas$/],
    ['to the request of a token', /\/getAuthToken$/],
    ['from the log stream', /\/logstream$/],
  ])('%s, the read of a log ends within its 30 s', async (_what, hangs) => {
    let isHanging = false;
    const stage = setContainerAppsStage({
      script: () => ({ prints: [{ atMs: 1, text: 'hello\n' }] }),
      hangs: (request) => isHanging && hangs.test(request),
    });
    await created(stage, refOn(stage));
    await stage.advance(10_000);
    isHanging = true;
    limitsOf(stage);
    const seconds = await takes(stage, async () => {
      expect(await stage.backend.logs(refOn(stage))).toMatchObject({ kind: 'unavailable' });
    });
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(LOOK_WITHIN_S);
  });
});
