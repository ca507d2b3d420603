// The ids of built-in roles are those of roles, and of the ones that their names say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { textOf } from '../model/file';
import type { Model } from '../model/model';
import { valuesOf } from '../model/values';
import { partsOf, walkFile } from '../model/walk';
import { didYouMean } from '../nearest';
import type { Expression, Span } from '../parse/syntax';
import type { Report, Rule } from './rule';

/** Names by id; README.md tells where they are from. */
const ROLES = new Map(
  Object.entries(
    z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(join(__dirname, 'built-in-roles.json'), 'utf8'))),
  ),
);

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ROLE_DEFINITIONS = 'microsoft.authorization/roledefinitions';

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');

/** Words that tell roles apart; those of all names. */
const TELLING = new Set(
  [...ROLES.values()].flatMap(wordsOf).filter((word) => !['role', 'service', 'azure'].includes(word)),
);

export const roles: Rule = (model, report) => {
  const checked = new Set<Expression>();
  walkFile(model, (expression) => {
    for (const id of roleIdsIn(expression))
      for (const { value, model: where } of valuesOf(id, model)) {
        if (where !== model || checked.has(value)) continue;
        checked.add(value);
        checkId(value, model, report);
      }
  });
  for (const [value, name] of namedRoleIds(model)) {
    if (checked.has(value)) continue;
    checked.add(value);
    if (/role/i.test(name)) checkId(value, model, report);
  }
};

/** What stands where the id of a role is expected. */
function roleIdsIn(expression: Expression): Expression[] {
  if (expression.kind === 'call' && /resourceId$/i.test(expression.name.text)) {
    const at = expression.args.findIndex((arg) => textOf(arg)?.toLowerCase() === ROLE_DEFINITIONS);
    const id = at === -1 ? undefined : expression.args[at + 1];
    return id === undefined ? [] : [id];
  }
  if (expression.kind === 'object')
    return expression.members.flatMap((member) => {
      if (
        member.kind !== 'member' ||
        !('text' in member.key) ||
        !/^roleDefinitionI[dD]$/.test(member.key.text)
      )
        return [];
      return [member.value];
    });
  return [];
}

/** Variables, parameters and members with the id of something, by their names. */
function namedRoleIds(model: Model): [Expression, string][] {
  const found: [Expression, string][] = [];
  const follow = (value: Expression, name: string): void => {
    if (isId(value)) found.push([value, name]);
    if (value.kind === 'object')
      for (const member of value.members)
        if (member.kind === 'member')
          follow(
            member.value,
            `${name} ${'text' in member.key ? member.key.text : (textOf(member.key) ?? '')}`,
          );
  };
  for (const statement of model.file.statements)
    if ((statement.kind === 'var' || statement.kind === 'param') && statement.value !== undefined)
      follow(statement.value, statement.name.text);
  return found;
}

const isId = (value: Expression): boolean => GUID.test(textOf(value) ?? '');

function checkId(value: Expression, model: Model, report: Report): void {
  const text = textOf(value);
  if (text === undefined) return;
  const id = text.slice(text.lastIndexOf('/') + 1).toLowerCase();
  // The name of a role of one's own.
  if (!/^[0-9a-z-]{20,}$/i.test(id) || !/\d/.test(id)) return;
  const role = ROLES.get(id);
  if (role === undefined) {
    const near = didYouMean(id, ROLES.keys());
    const nearest = [...ROLES].find(([one]) => near.includes(one));
    report(
      value,
      `No built-in role has the id ${id}.${nearest === undefined ? ' If Azure has it, add it to proofs/bicep/rules/built-in-roles.json.' : ` "${nearest[1]}" is ${nearest[0]}.`}`,
    );
    return;
  }
  const said = nameBeside(value, model);
  const other = wordsOf(said).find((word) => TELLING.has(word) && !wordsOf(role).includes(word));
  if (other !== undefined)
    report(
      value,
      `This id is that of the role "${role}", the name beside it says "${other}": take the id of the one that is meant, or name it rightly.`,
    );
}

/** The name of what holds the id: the variable, the parameter, the member of an object. */
function nameBeside(value: Expression, model: Model): string {
  const holds = ({ start, end }: Span): boolean => start <= value.start && value.end <= end;
  let name = '';
  const follow = (one: Expression, said: string): void => {
    if (!holds(one)) return;
    name = said;
    if (one.kind === 'object')
      for (const member of one.members)
        if (member.kind === 'member')
          follow(member.value, 'text' in member.key ? member.key.text : (textOf(member.key) ?? ''));
    if (one.kind !== 'object') for (const part of partsOf(one)) follow(part, said);
  };
  for (const statement of model.file.statements)
    if ((statement.kind === 'var' || statement.kind === 'param') && statement.value !== undefined)
      follow(statement.value, statement.name.text);
  return name;
}
