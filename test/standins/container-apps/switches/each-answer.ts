// Tests of a switch: what a client sees for each of its answers. Two answers that look alike would prove nothing.
import { isDeepStrictEqual } from 'node:util';

import { type Switches, switchesSchema } from '../../../../standins/container-apps/switches';

/** Every answer by its word; of a number, those that are tried. */
type Expected<Answer> = Readonly<Record<Extract<Answer, string>, unknown>> &
  Readonly<Record<number, unknown>>;

/** `question`: what nobody knows of the service. `seen`: what a client sees of it, as data. */
export function eachAnswer<Name extends keyof Switches>(
  name: Name,
  question: string,
  seen: (switches: Switches) => Promise<unknown>,
  expected: Expected<Switches[Name]>,
): void {
  const answers = Object.entries(expected);
  describe(question, () => {
    test.each(answers)(`${name}: %s`, async (answer, looks) => {
      const value = /^\d+$/.test(answer) ? Number(answer) : answer;
      expect(await seen(switchesSchema.parse({ [name]: value }))).toEqual(looks);
      const alike = answers.filter(([, other]) => isDeepStrictEqual(other, looks));
      expect(alike).toHaveLength(1);
    });
  });
}
