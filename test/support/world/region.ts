// A region of Container Instances under virtual time: the emulator, its programs by script, and what may come between.
import { type AciEmulator, createAciEmulator } from '../../../standins/aci/emulator';
import { type AciSettings, DEFAULT_ACI_SETTINGS } from '../../../standins/aci/settings';
import type { ContainerMount } from '../../../standins/containers/mounted-paths';
import type { ContainerStart, ImageStanding } from '../../../standins/containers/runtime';
import { createScriptedRuntime, type Script } from '../../../standins/containers/scripted';
import type { VolumeFolders } from '../../../standins/containers/volume-folders';
import type { VirtualTime } from '../../../standins/kernel/virtual-time';
import type { Handler, WireRequest, WireResponse } from '../../../standins/wire/handler';

export const ENDS_WELL: Script = {
  prints: [{ atMs: 1, text: 'hello\n' }],
  exit: { atMs: 5_000, code: 0 },
};
export const NEVER_ENDS: Script = { prints: [{ atMs: 1, text: 'hello\n' }] };

export interface RegionParts {
  readonly settings?: Partial<AciSettings>;
  /** What each start of a program does, in order; the last goes on. Default: ENDS_WELL. */
  readonly scripts?: readonly Script[];
  readonly standingOf?: (image: string) => ImageStanding;
  readonly volumeFolders?: VolumeFolders;
  /** Answers in the emulator's place, or gives another request for it. */
  readonly intercept?: ((request: WireRequest) => WireResponse | WireRequest | undefined) | undefined;
}

export interface Region {
  readonly emulator: AciEmulator;
  /** The way to it for a client. */
  readonly handle: Handler;
  /** Answers about groups by method and status, such as `GET 200`. */
  readonly answers: ReadonlyMap<string, number>;
  /** Command lines of the programs, in the order of their starts; empty: the image's own. */
  readonly programs: readonly (readonly string[])[];
  /** What each of them mounts. */
  readonly mounts: readonly (readonly ContainerMount[])[];
  /** All of each start. */
  readonly started: readonly ContainerStart[];
}

export function createRegion(
  { clock, timers }: VirtualTime,
  { settings, scripts = [ENDS_WELL], standingOf, volumeFolders, intercept }: RegionParts = {},
): Region {
  const programs: (readonly string[])[] = [];
  const mounted: (readonly ContainerMount[])[] = [];
  const started: ContainerStart[] = [];
  const answers = new Map<string, number>();
  let ids = 0;
  const nextScript = (start: ContainerStart): Script => {
    const { command, mounts = [] } = start;
    started.push(start);
    programs.push(command);
    mounted.push(mounts);
    return scripts[Math.min(programs.length, scripts.length) - 1] ?? ENDS_WELL;
  };
  const emulator = createAciEmulator({
    clock,
    timers,
    newId: () => `00000000-0000-0000-0000-${String(++ids).padStart(12, '0')}`,
    runtime: createScriptedRuntime(timers, nextScript, standingOf),
    settings: { ...DEFAULT_ACI_SETTINGS, ...settings },
    volumeFolders,
  });
  return {
    emulator,
    programs,
    mounts: mounted,
    started,
    answers,
    handle: async (request) => {
      const instead = intercept?.(request) ?? request;
      const answer = 'status' in instead ? instead : await emulator.handle(instead);
      const asked = `${request.method} ${answer.status}`;
      if (request.url.pathname.includes('/containerGroups'))
        answers.set(asked, (answers.get(asked) ?? 0) + 1);
      return answer;
    },
  };
}

/** ARM's error envelope. */
export function armError(status: number, code: string, message: string): WireResponse {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ error: { code, message } }) };
}
