// One request of a process and its answer: where the process stands still, dies, or hears of it late. What goes wrong
// at the platform itself is each platform's matter.
import type { FaultKind } from '../../faults/fault';
import { type Life, stopMs } from '../world/life';
import { never, type World } from '../world/world';

export interface Exchange<Answer> {
  readonly life: Life;
  readonly call: string;
  /** The state of the attempt that it is about, in one word. */
  readonly state: () => string;
  /** It is on its way. */
  readonly sent: () => void;
  readonly answer: (kind: FaultKind | undefined) => Answer | Promise<Answer>;
  /** Request and answer, for the story. */
  readonly says: (answer: Answer) => string;
  /** The answer is on its way. */
  readonly answered?: (answer: Answer) => void;
  /** The longest way there and back, milliseconds. */
  readonly wayMs?: readonly [there: number, back: number];
}

/** The answer; it never comes where the process dies. */
export async function exchange<Answer>(world: World, of: Exchange<Answer>): Promise<Answer> {
  const { random, plan } = world;
  const { life, call, state, wayMs: [there, back] = [600, 200] } = of;
  await life.heldUp(call, state);
  of.sent();
  const kind = plan.at({ call, state: state() });
  if (kind === 'crash-before') {
    life.crash();
    return never();
  }
  await world.sleep(random.int(5, there));
  const answer = await of.answer(kind);
  world.tell(life.name, () => `${of.says(answer)}${kind === undefined ? '' : ` (fault ${kind})`}`);
  of.answered?.(answer);
  if (kind === 'crash-after') {
    life.crash();
    return never();
  }
  if (kind === 'late') life.freeze(stopMs(world));
  await world.sleep(random.int(5, back));
  return answer;
}
