// The genuine handler that `df.app.orchestration` registers, without a Functions host around it.
import { InvocationContext } from '@azure/functions';
import type { OrchestrationHandler } from 'durable-functions';

/** One episode: takes the trigger's JSON and answers with the SDK's orchestrator state. */
export type Episode = (trigger: unknown, context: InvocationContext) => Promise<unknown>;

/** `durable-functions/lib/src/app.js` wraps every orchestrator in this; the package declares no types for it. */
export function createEpisode(handler: OrchestrationHandler): Episode {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a file of the SDK that its types leave out
  const { createOrchestrator } = require('durable-functions/lib/src/util/testingUtils') as {
    createOrchestrator: (of: OrchestrationHandler) => Episode;
  };
  return createOrchestrator(handler);
}

export function episodeContext(functionName: string): InvocationContext {
  return new InvocationContext({ functionName, logHandler: () => undefined });
}
