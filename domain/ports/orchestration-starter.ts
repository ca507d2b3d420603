// The port to the orchestrations: start one, ask for its status, wake it.

/** Names one orchestration: the instance id derives from it. */
export interface StoryInput {
  readonly jobId: string;
  readonly attempt: number;
  readonly epoch: number;
}

/** `absent`: no such instance; `running` covers pending and suspended. */
export type StoryStatus = 'absent' | 'running' | 'ended' | 'terminated';

export interface OrchestrationStarter {
  /** Starts `runAttempt`. An instance that exists already counts as started. */
  start(story: StoryInput): Promise<void>;
  status(story: StoryInput): Promise<StoryStatus>;
  /** A hint that something changed; it may be lost. */
  wake(story: StoryInput): Promise<void>;
}
