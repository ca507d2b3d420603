// A small replacement for the Durable SDK: orchestrators as generators, replayed from the trigger's history. The
// genuine SDK runs in the conformance test, in a process of its own.
import { EVENT_TYPE } from '../../../standins/durable/history/event-type';
import type { HistoryEvent } from '../../../standins/durable/history/history';
import type { DurableInvoker } from '../../../standins/durable/worker/invoker';
import type { InvocationResult, RpcTypedData } from '../../../standins/functions-host/app/function-app';

type Ask =
  | { readonly activity: string; readonly input?: unknown }
  | { readonly timerMs: number }
  | { readonly event: string }
  | { readonly sub: string; readonly input?: unknown; readonly id?: string }
  /** The one that comes first; a timer that lost is cancelled. Returns `'timer'` or the event's data. */
  | { readonly race: { readonly event: string; readonly timerMs: number } };

interface Again {
  readonly continueAsNew: unknown;
}

export type Story = (input: unknown, instanceId: string) => Generator<Ask, unknown, unknown>;
export type Work = (input: unknown) => unknown;

/** An invoker over stories and plain functions. */
export function storyInvoker(stories: Record<string, Story>, works: Record<string, Work>): DurableInvoker {
  const find = <T>(of: Record<string, T>, name: string): T | undefined =>
    Object.entries(of).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return {
    knows: (kind, name) => find<unknown>(kind === 'orchestrator' ? stories : works, name) !== undefined,
    names: (kind) => Object.keys(kind === 'orchestrator' ? stories : works),
    runOrchestrator: (name, trigger) => {
      const story = find(stories, name);
      if (story === undefined) throw new Error(`No story ${name}`);
      return Promise.resolve(replay(story, trigger));
    },
    runActivity: async (name, input) => {
      const work = find(works, name);
      if (work === undefined) throw new Error(`No activity ${name}`);
      try {
        const value = await work(input.string === undefined ? undefined : JSON.parse(input.string ?? 'null'));
        return success(value);
      } catch (error) {
        const { message, stack = '' } = error as Error;
        return { status: 'failure', message, stack };
      }
    },
  };
}

/** What a state looks like on the wire. */
export function success(value: unknown): InvocationResult {
  const returnValue: RpcTypedData | undefined =
    value === undefined ? undefined : { json: JSON.stringify(value) };
  return { status: 'success', returnValue, outputs: [] };
}

/** A failed orchestrator's answer, as the SDK sends it. */
export function orchestratorFailure(state: object): InvocationResult {
  return { status: 'failure', message: `false\n\n$OutOfProcData$:${JSON.stringify(state)}`, stack: '' };
}

function replay(story: Story, trigger: RpcTypedData): InvocationResult {
  const { history, input, instanceId } = JSON.parse(trigger.string ?? '') as {
    history: HistoryEvent[];
    input: unknown;
    instanceId: string;
  };
  const actions: object[] = [];
  const cursor = new Cursor(history);
  const generator = story(input, instanceId);
  let next = generator.next();
  try {
    while (next.done !== true) {
      const { action, result } = cursor.take(next.value);
      actions.push(action);
      if (result === undefined) return success({ isDone: false, actions: [actions], schemaVersion: 2 });
      next = 'error' in result ? generator.throw(new Error(result.error)) : generator.next(result.value);
    }
  } catch (error) {
    return orchestratorFailure({
      isDone: false,
      actions: [actions],
      schemaVersion: 2,
      error: (error as Error).message,
    });
  }
  if (isAgain(next.value)) {
    actions.push({ actionType: 4, input: next.value.continueAsNew });
    return success({ isDone: true, actions: [actions], schemaVersion: 2 });
  }
  return success({ isDone: true, actions: [actions], output: next.value, schemaVersion: 2 });
}

type Result = { readonly value: unknown } | { readonly error: string };

class Cursor {
  #id = 0;
  readonly #taken = new Set<HistoryEvent>();
  readonly #history: readonly HistoryEvent[];

  constructor(history: readonly HistoryEvent[]) {
    this.#history = history;
  }

  take(ask: Ask): { action: object; result: Result | undefined } {
    if ('activity' in ask)
      return {
        action: { actionType: 0, functionName: ask.activity, input: activityInput(ask.input) },
        result: this.#answer(this.#id++),
      };
    if ('sub' in ask)
      return {
        action: { actionType: 2, functionName: ask.sub, input: ask.input, instanceId: ask.id },
        result: this.#answer(this.#id++),
      };
    if ('timerMs' in ask) {
      const id = this.#id++;
      const fired = this.#history.find(
        (event) => event.EventType === EVENT_TYPE.TimerFired && event.TimerId === id,
      );
      return {
        action: { actionType: 5, fireAt: this.#fireAt(id, ask.timerMs), isCanceled: false },
        result: fired && { value: null },
      };
    }
    if ('event' in ask) {
      const raised = this.#raised(ask.event);
      if (raised !== undefined) this.#taken.add(raised);
      return {
        action: { actionType: 6, externalEventName: ask.event },
        result: raised && { value: JSON.parse(raised.Input ?? 'null') },
      };
    }
    return this.#race(ask.race);
  }

  #race({ event, timerMs }: { event: string; timerMs: number }): {
    action: object;
    result: Result | undefined;
  } {
    const id = this.#id++;
    const raised = this.#raised(event);
    const fired = this.#history.findIndex(
      (each) => each.EventType === EVENT_TYPE.TimerFired && each.TimerId === id,
    );
    const won = raised !== undefined && (fired === -1 || this.#history.indexOf(raised) < fired);
    if (won) this.#taken.add(raised);
    const timer = { actionType: 5, fireAt: this.#fireAt(id, timerMs), isCanceled: won };
    return {
      action: { actionType: 11, compoundActions: [{ actionType: 6, externalEventName: event }, timer] },
      result: won
        ? { value: JSON.parse(raised.Input ?? 'null') }
        : fired === -1
          ? undefined
          : { value: 'timer' },
    };
  }

  #raised(name: string): Extract<HistoryEvent, { Name: string; EventType: 15 }> | undefined {
    for (const event of this.#history)
      if (event.EventType === EVENT_TYPE.EventRaised && event.Name === name && !this.#taken.has(event))
        return event;
    return undefined;
  }

  /** The time as computed when the timer was first asked for, from the clock of that episode. */
  #fireAt(id: number, ms: number): string {
    const created = this.#history.find(
      (event) => event.EventType === EVENT_TYPE.TimerCreated && event.EventId === id,
    );
    if (created?.EventType === EVENT_TYPE.TimerCreated) return created.FireAt;
    const started = this.#history.findLast((event) => event.EventType === EVENT_TYPE.OrchestratorStarted);
    return new Date(Date.parse(started?.Timestamp ?? '') + ms).toISOString();
  }

  #answer(id: number): Result | undefined {
    for (const event of this.#history) {
      if (!('TaskScheduledId' in event) || event.TaskScheduledId !== id) continue;
      if ('Result' in event) return { value: JSON.parse(event.Result ?? 'null') };
      return { error: event.Reason ?? '' };
    }
    return undefined;
  }
}

function isAgain(value: unknown): value is Again {
  return typeof value === 'object' && value !== null && 'continueAsNew' in value;
}

/** The SDK makes JSON of a text before it sends it. */
function activityInput(input: unknown): unknown {
  return typeof input === 'string' ? JSON.stringify(input) : input;
}
