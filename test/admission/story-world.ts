// The whole app in virtual time on one host, where nothing fails: the real story in the real engine, by Azure's own
// client against the emulator.
import { createAciBackend } from '../../backends/aci/aci-backend';
import type { AciPlacement } from '../../backends/aci/placement';
import { ACI_TRAITS } from '../../backends/aci/traits';
import { createPace } from '../../domain/placement/pace';
import { type AciEmulator, createAciEmulator } from '../../standins/aci/emulator';
import { DEFAULT_ACI_SETTINGS } from '../../standins/aci/settings';
import { createScriptedRuntime, type Script } from '../../standins/containers/scripted';
import { armClients } from '../support/arm-clients';
import { tellStories, type ToldStories } from './told-stories';
import type { VirtualWorld } from './virtual-world';

export interface StoryWorld extends ToldStories {
  readonly emulator: AciEmulator;
  /** ARM's answers by method and status, such as `GET 200`. */
  readonly answers: ReadonlyMap<string, number>;
}

export function createStoryWorld(
  world: VirtualWorld,
  placement: AciPlacement,
  script: (group: string) => Script,
): StoryWorld {
  const { clock, timers } = world.time;
  const emulator = createAciEmulator({
    clock,
    timers,
    newId: () => world.random.hex(32),
    runtime: createScriptedRuntime(timers, ({ groupName }) => script(groupName)),
    settings: { ...DEFAULT_ACI_SETTINGS, provisionMs: 60_000, pullMs: 30_000, deleteMs: 20_000 },
  });
  const answers = new Map<string, number>();
  const clients = armClients(async (request) => {
    const answer = await emulator.handle(request);
    const asked = `${request.method} ${answer.status}`;
    answers.set(asked, (answers.get(asked) ?? 0) + 1);
    return answer;
  });
  const pace = createPace(clock, () => ACI_TRAITS.requests);
  const backend = createAciBackend(
    placement,
    () => clients,
    (report) => pace.onPace(placement.name, report),
  );
  const stories = tellStories(world, { placements: [placement], backendOf: () => backend, pace });
  return { ...stories, emulator, answers };
}
