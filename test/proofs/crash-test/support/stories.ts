// One orchestration of an attempt, seen and steered through the Durable management API as a person does it.
import { z } from 'zod';

import type { TestStack } from '../../../end-to-end/support/test-stack';

const statusSchema = z.object({ runtimeStatus: z.string(), output: z.unknown() });
export type StoryStatus = z.infer<typeof statusSchema>;

export interface StoryName {
  readonly jobId: string;
  readonly attempt: number;
  readonly epoch: number;
}

/** Undefined when there is no such orchestration. */
export async function storyStatus(local: TestStack, story: StoryName): Promise<StoryStatus | undefined> {
  const response = await fetch(urlOf(local, story));
  if (response.status === 404) return undefined;
  return statusSchema.parse(await response.json());
}

export async function purge(local: TestStack, story: StoryName): Promise<void> {
  await send('DELETE', urlOf(local, story));
}

export async function steer(
  local: TestStack,
  story: StoryName,
  operation: 'suspend' | 'resume' | 'terminate',
): Promise<void> {
  await send('POST', `${urlOf(local, story)}/${operation}?reason=a+person+wants+it`);
}

function urlOf({ stack }: TestStack, { jobId, attempt, epoch }: StoryName): string {
  return `${stack.functionsUrl}/runtime/webhooks/durabletask/instances/${jobId}-${attempt}-${epoch}`;
}

async function send(method: string, url: string): Promise<void> {
  const response = await fetch(url, { method });
  if (!response.ok)
    throw new Error(`${method} ${url} was answered ${response.status}: ${await response.text()}`);
}
