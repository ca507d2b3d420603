// Orchestrations that exist only by name: what was started, what was woken, and the status of each.
import { RetryableError } from '../../../domain/errors';
import { instanceId } from '../../../domain/job/names';
import type {
  OrchestrationStarter,
  StoryInput,
  StoryStatus,
} from '../../../domain/ports/orchestration-starter';

export class ScriptedStarter implements OrchestrationStarter {
  /** Instance ids, in order. */
  readonly started: string[] = [];
  readonly woken: string[] = [];
  /** The status of instances. One that is not named has the status of having been started or not. */
  readonly standing = new Map<string, StoryStatus>();
  unreachable = false;

  start(story: StoryInput): Promise<void> {
    return this.#answer(() => void this.started.push(instanceId(story)));
  }

  status(story: StoryInput): Promise<StoryStatus> {
    const id = instanceId(story);
    return this.#answer(() => this.standing.get(id) ?? (this.started.includes(id) ? 'running' : 'absent'));
  }

  wake(story: StoryInput): Promise<void> {
    return this.#answer(() => void this.woken.push(instanceId(story)));
  }

  #answer<T>(answer: () => T): Promise<T> {
    if (this.unreachable) return Promise.reject(new RetryableError('The host does not answer.'));
    return Promise.resolve(answer());
  }
}
