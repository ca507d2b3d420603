// The container group among a template's resources, and in the templates nested in it; the others are told as ignored.
import { CONTAINER_GROUP_TYPE } from '../aci/container-group';
import { isMapping, type Reader } from '../reader';
import { copyCount } from './copies';
import { type Locals, NO_LOCALS, withCopy } from './evaluate';
import { ExpressionError } from './expression';
import { Marked, scalarOf } from './marks';
import { isDeployment, scopeWithin, templateWithin } from './nested-template';
import type { TemplateScope } from './template-scope';

/** A container group, and what its expressions see. */
export interface FoundGroup {
  readonly group: Reader;
  readonly scope: TemplateScope;
  readonly locals: Locals;
}

/** Templates within each other. */
const MAX_NESTING = 8;

/** The one container group that the conditions leave; undefined, and reported, when there is none or more. */
export function findGroup(template: Reader, scope: TemplateScope): FoundGroup | undefined {
  const resources = template.at('resources');
  const groups = groupsIn(template, scope, NO_LOCALS, 0);
  const [group, ...others] = groups;
  if (group === undefined)
    (resources.present ? resources : template).problem(
      `has no resource of type ${CONTAINER_GROUP_TYPE} that is deployed; a job is one. Linked templates are not fetched: nest them, as Bicep does`,
    );
  if (others.length === 0) return group;
  const names = groups.slice(0, 10).map(nameOf).join(', ');
  resources.problem(`has ${groups.length} container groups (${names}), a job is one; submit each by itself`);
  return undefined;
}

function groupsIn(template: Reader, scope: TemplateScope, locals: Locals, depth: number): FoundGroup[] {
  return allIn(template.at('resources')).flatMap((resource) => {
    if (isGroup(resource))
      return copiesOf(resource, scope, locals).map((copy) => ({ ...copy, group: resource }));
    const nested = isDeployment(resource) && depth < MAX_NESTING ? templateWithin(resource) : undefined;
    if (nested === undefined || !hasGroup(nested)) {
      resource.ignored(`has no effect: ${named(resource)} is no container group; a job creates nothing else`);
      return [];
    }
    return copiesOf(resource, scope, locals).flatMap((copy) =>
      groupsIn(nested, scopeWithin(resource, nested, copy.scope, copy.locals), copy.locals, depth + 1),
    );
  });
}

/** A list, or a mapping of symbolic names (languageVersion 2.0); child resources too. */
function allIn(resources: Reader): Reader[] {
  if (!resources.present) return [];
  const direct = isMapping(resources.value)
    ? resources.keys().map((name) => resources.at(name))
    : resources.items();
  return direct
    .filter((resource) => resource.isMapping())
    .flatMap((resource) => [resource, ...allIn(resource.at('resources'))]);
}

function isGroup(resource: Reader): boolean {
  const type = resource.at('type').value;
  return typeof type === 'string' && type.toLowerCase() === CONTAINER_GROUP_TYPE.toLowerCase();
}

/** Whether a template has a container group anywhere, whatever its conditions say. */
function hasGroup(template: Reader): boolean {
  return allIn(template.at('resources')).some((resource) => {
    const nested = isDeployment(resource) ? templateWithin(resource) : undefined;
    return isGroup(resource) || (nested !== undefined && hasGroup(nested));
  });
}

/**
 * Each time that a resource is deployed: once, or by its copy; never while its condition is false, or where it only
 * refers to what exists.
 */
function copiesOf(
  resource: Reader,
  scope: TemplateScope,
  locals: Locals,
): { readonly scope: TemplateScope; readonly locals: Locals }[] {
  if (resource.at('existing').value === true) {
    resource.ignored('has no effect: it exists already, and a job is a group that the template makes');
    return [];
  }
  const all = localsOf(resource, scope, locals);
  const deployed = all.filter((one) => isDeployed(resource, scope, one));
  if (deployed.length === 0)
    resource.ignored(
      `has no effect: ${all.length === 0 ? 'there are no copies of it' : 'its condition is false'}`,
    );
  return deployed.map((one) => ({ scope, locals: one }));
}

function localsOf(resource: Reader, scope: TemplateScope, locals: Locals): Locals[] {
  const copy = resource.at('copy');
  if (!isMapping(copy.value)) return [locals];
  const name = copy.at('name').value;
  const length = tried(copy.at('count'), () => copyCount(scope.deep(copy.at('count').value, locals))) ?? 0;
  const names = ['', ...(typeof name === 'string' ? [name] : [])];
  return Array.from({ length }, (_, index) => withCopy(locals, names, index));
}

function isDeployed(resource: Reader, scope: TemplateScope, locals: Locals): boolean {
  const condition = resource.at('condition');
  if (!condition.present) return true;
  const holds = tried(condition, () => scope.deep(condition.value, locals));
  if (holds instanceof Marked)
    for (const assumption of holds.marks.assumptions)
      condition.problem(`can't be told: ${assumption}; write the value, or make it a parameter`);
  const truth = scalarOf(holds);
  if (typeof truth !== 'boolean' && holds !== undefined) condition.problem('must be true or false');
  return truth !== false;
}

function tried<Value>(at: Reader, find: () => Value): Value | undefined {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    at.problem(error.message);
    return undefined;
  }
}

/** The name as evaluated, as far as it can be. */
function nameOf({ group, scope, locals }: FoundGroup): string {
  const written = group.at('name').value;
  try {
    const name = scalarOf(scope.deep(written, locals));
    if (typeof name === 'string') return name.slice(0, 100);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
  return typeof written === 'string' ? written.slice(0, 100) : 'one without a name';
}

function named(resource: Reader): string {
  const [type, name] = [resource.at('type').value, resource.at('name').value];
  const shown = [type, name].filter((part) => typeof part === 'string').map((part) => part.slice(0, 100));
  return shown.length === 0 ? 'a resource without a type' : shown.join(' ');
}
