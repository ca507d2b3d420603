// One host of the app in virtual time, over memory: its queues deliver, its timer ticks, its stories are told.
import { advance } from '../../../jobs/attempt/advance';
import { onKick } from '../../../jobs/placement/kick';
import type { ComputePorts, Ports } from '../../../jobs/ports';
import { tickParts } from '../../../jobs/sweep/tick-parts';
import { type TestApp, testApp } from '../app/test-app';
import type { MemoryMessageQueue } from '../memory/memory-message-queue';
import type { Stories, StoryParts } from './stories';
import { deliveringQueue, type VirtualWorld } from './virtual-world';

const MINUTE = 60_000;
/** From the time at which a kick may be read to its reading, milliseconds. */
const KICK_MS = [10, 900] as const;

export interface TestHost extends Pick<Stories, 'longestTrigger'> {
  readonly ports: Ports & Pick<Stories, 'starter'>;
  readonly app: TestApp;
  readonly events: MemoryMessageQueue;
  /** What a tick could not do. */
  readonly failures: readonly unknown[];
}

export interface HostParts {
  readonly world: VirtualWorld;
  readonly tell: (parts: StoryParts) => Stories;
  readonly compute: ComputePorts;
  /** The ports as one activity has them. */
  readonly around: (ports: Ports) => Ports;
}

export async function startTestHost({ world, tell, compute, around }: HostParts): Promise<TestHost> {
  const { clock } = world.time;
  const kicks = deliveringQueue(world, (text) => onKick(ports, JSON.parse(text)), KICK_MS);
  const app = testApp({ clock, pause: world.sleep, kicks, ...compute });
  const { starter, longestTrigger, start } = tell({
    world,
    log: (level, message) => app.logged.push(`${level} ${message}`),
    step: (story) => advance(around(ports), story),
  });
  const ports = { ...app.ports, starter };
  const failures: unknown[] = [];

  async function everyMinute(): Promise<void> {
    for (;;) {
      await world.sleep(MINUTE);
      for (const part of tickParts()) await part(ports).catch((error: unknown) => failures.push(error));
    }
  }

  await start();
  void everyMinute();
  return { ports, app, events: app.events, longestTrigger, failures };
}
