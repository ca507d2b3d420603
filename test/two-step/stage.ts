// The platform in two steps under virtual time, with programs that follow scripts.
import { createScriptedRuntime, type Script } from '../../standins/containers/scripted';
import { createVirtualTime } from '../../standins/kernel/virtual-time';
import { advance } from '../support/advance';
import { NEW_YEAR } from '../support/rows';
import type { TwoStepApi, TwoStepClient } from './two-step-api';
import { TwoStepService } from './two-step-service';

export interface TwoStepStage {
  readonly service: TwoStepService;
  readonly client: TwoStepClient;
  readonly advance: (ms: number) => void;
  /** What was asked for, in order. */
  readonly asked: readonly (keyof TwoStepApi)[];
  /** Command lines of the programs, in the order of their starts. */
  readonly programs: readonly (readonly string[])[];
  /** From now on every start is refused. */
  readonly refuseStarts: () => void;
}

export const TIMES = { defineMs: 8_000, pullMs: 3_000, stopMs: 1_000, deleteMs: 1_000 };
export const HELLO: Script = { prints: [{ atMs: 0, text: 'hello\n' }], exit: { atMs: 5_000, code: 0 } };

export function setTwoStepStage(script: Script = HELLO): TwoStepStage {
  const time = createVirtualTime(NEW_YEAR);
  const { clock, timers } = time;
  const programs: (readonly string[])[] = [];
  const asked: (keyof TwoStepApi)[] = [];
  let isRefusing = false;
  const service = new TwoStepService({
    now: () => clock.now(),
    timers,
    runtime: createScriptedRuntime(timers, ({ command }) => {
      programs.push(command);
      return script;
    }),
    times: TIMES,
    refusesStart: () => (isRefusing ? { code: 'NotAllowed', message: 'Not here.' } : undefined),
  });
  return {
    service,
    client: clientOf(service, (call) => void asked.push(call)),
    advance: (ms) => advance(time, ms),
    asked,
    programs,
    refuseStarts: () => {
      isRefusing = true;
    },
  };
}

/** A client whose every call is answered at once. If `onCall` throws, no answer comes and the call has no effect. */
export function clientOf(
  service: TwoStepApi,
  onCall: (call: keyof TwoStepApi, name: string) => void = () => undefined,
): TwoStepClient {
  const answered = async <Body>(call: keyof TwoStepApi, name: string, run: () => Body): Promise<Body> => {
    await Promise.resolve();
    onCall(call, name);
    return run();
  };
  return {
    define: (name, definition) => answered('define', name, () => service.define(name, definition)),
    definition: (name) => answered('definition', name, () => service.definition(name)),
    undefine: (name) => answered('undefine', name, () => service.undefine(name)),
    start: (name) => answered('start', name, () => service.start(name)),
    executions: (name) => answered('executions', name, () => service.executions(name)),
    stop: (name, id) => answered('stop', name, () => service.stop(name, id)),
    log: (name, id, sinceS) => answered('log', name, () => service.log(name, id, sinceS)),
    everything: () => answered('everything', '', () => service.everything()),
  };
}
