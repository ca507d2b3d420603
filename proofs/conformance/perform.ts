// Does a case's steps and notes the answers, in the form of the recordings.
import type { WireResponse } from '../../standins/wire/handler';
import type { Step } from './case-file';
import { bodyOf, type Stage } from './stage';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Returns the steps with our answers in place of the recorded ones. */
export async function perform(stage: Stage, steps: readonly Step[]): Promise<unknown[]> {
  const done: unknown[] = [];
  let release: (() => void) | undefined;
  for (const [index, step] of steps.entries()) {
    // Events that must come as one batch wait for the end of the first episode. They are held from before the start.
    if (step.do === 'start' && isHeld(step.instanceId, steps.slice(index + 1)))
      release = stage.recorder.hold(step.instanceId);
    done.push(await performOne(stage, step));
    // An action takes effect before the next one.
    await stage.pass(0);
    if (step.do === 'raiseTogether') {
      release?.();
      release = undefined;
    }
  }
  return done;
}

/** Whether the instance gets its events together, before it waits for any of them. */
function isHeld(instanceId: string, following: readonly Step[]): boolean {
  const next = following.find(
    (step) => step.do === 'raiseTogether' || step.do.startsWith('await') || step.do === 'pause',
  );
  return next?.do === 'raiseTogether' && next.instanceId === instanceId;
}

async function performOne(stage: Stage, step: Step): Promise<unknown> {
  switch (step.do) {
    case 'start': {
      const { orchestrator, instanceId } = step;
      const response = await stage.call({
        method: 'POST',
        path: `orchestrators/${encodeURIComponent(orchestrator)}/${encodeURIComponent(instanceId)}`,
        ...(step.input === undefined ? {} : { headers: JSON_TYPE, body: JSON.stringify(step.input) }),
      });
      return answered(step, response);
    }
    case 'raiseEvent': {
      const headers: Record<string, string> =
        step.contentType === null ? {} : { 'content-type': step.contentType ?? 'application/json' };
      const body = step.data === undefined ? undefined : JSON.stringify(step.data);
      const response = await stage.call({
        method: 'POST',
        path: eventPath(step.instanceId, step.name),
        headers,
        body,
      });
      return answered(step, response);
    }
    case 'raiseTogether': {
      const status: number[] = [];
      for (const { name, data } of step.events) {
        const path = eventPath(step.instanceId, name);
        const body = JSON.stringify(data);
        status.push((await stage.call({ method: 'POST', path, headers: JSON_TYPE, body })).status);
      }
      return { ...step, status };
    }
    case 'terminate':
    case 'suspend':
    case 'resume': {
      const query = step.reason === undefined ? '' : `?reason=${encodeURIComponent(step.reason)}`;
      const path = `instances/${encodeURIComponent(step.instanceId)}/${step.do}${query}`;
      return answered(step, await stage.call({ method: 'POST', path }));
    }
    case 'status': {
      const response = await stage.call({ method: 'GET', path: instancePath(step.instanceId) });
      return { ...step, status: response.status, body: finalOf(bodyOf(response)) };
    }
    case 'pause':
      await stage.pass(step.ms);
      return step;
    case 'awaitEpisodes': {
      const count = (): number =>
        stage.recorder.episodes.filter(({ instance }) => instance === step.instanceId).length;
      return (await stage.until(() => count() >= step.count)) ? step : { ...step, count: count() };
    }
    case 'awaitActivities': {
      const count = (): number => stage.recorder.activities.filter(({ name }) => name === step.name).length;
      return (await stage.until(() => count() >= step.count)) ? step : { ...step, count: count() };
    }
    case 'awaitStatus': {
      const status = (): string => stage.engine.store.row(step.instanceId)?.status ?? 'none';
      const reached = await stage.until(() => step.runtimeStatus.includes(status()));
      return reached ? step : { ...step, runtimeStatus: [status()] };
    }
  }
}

/** The part of a status that the recordings keep. */
export function finalOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('runtimeStatus' in body)) return body;
  const { runtimeStatus, output, customStatus } = body as Record<string, unknown>;
  return { runtimeStatus, output, customStatus };
}

export function instancePath(instanceId: string): string {
  return `instances/${encodeURIComponent(instanceId)}`;
}

function eventPath(instanceId: string, name: string): string {
  return `${instancePath(instanceId)}/raiseEvent/${encodeURIComponent(name)}`;
}

function answered(step: Step & { readonly body?: unknown }, response: WireResponse): unknown {
  const status = { ...step, status: response.status };
  // The recordings have an empty body as the empty text. For many answers they have no body at all.
  return 'body' in step ? { ...status, body: bodyOf(response) ?? '' } : status;
}
