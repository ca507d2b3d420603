// What a loop makes has a name of its own in each turn: its name, its parent or its scope says the item or the index.
import { bodyOf, memberOf } from '../model/file';
import { namesIn } from '../model/references';
import type { Expression } from '../parse/syntax';
import type { Rule } from './rule';

export const loopNames: Rule = (model, report) => {
  for (const { name, syntax } of model.file.resources) {
    const problem = problemOf(syntax.value, ['name', 'parent', 'scope']);
    if (problem !== undefined) report(name, `The loop of "${name.text}" ${problem}`);
  }
  for (const { name, value } of model.file.modules) {
    // Without a name, a module gets one of its own.
    const isNamed = memberOf(bodyOf(value).object, 'name') !== undefined;
    const problem = isNamed ? problemOf(value, ['name', 'scope']) : undefined;
    if (problem !== undefined) report(name, `The loop of "${name.text}" ${problem}`);
  }
};

function problemOf(value: Expression, members: readonly string[]): string | undefined {
  const { object, loop } = bodyOf(value);
  if (loop === undefined || object === undefined) return undefined;
  const own = [loop.item.text, ...(loop.index === undefined ? [] : [loop.index.text])];
  const said = members.flatMap((name) => {
    const member = memberOf(object, name);
    return member === undefined ? [] : namesIn(member.value);
  });
  if (own.some((name) => said.includes(name))) return undefined;
  return `makes the same in each turn: say ${own.map((name) => `"${name}"`).join(' or ')} in its ${members.join(' or its ')}.`;
}
