// The container group among a template's resources; the others are told as ignored.
import { CONTAINER_GROUP_TYPE } from '../aci/container-group';
import { isMapping, type Reader } from '../reader';
import { ExpressionError } from './expression';
import type { TemplateScope } from './template-scope';

/** The template's one container group that its conditions leave; undefined, and reported, when there is none or more. */
export function findGroup(template: Reader, scope: TemplateScope): Reader | undefined {
  const resources = template.at('resources');
  const groups: Reader[] = [];
  for (const resource of allIn(resources)) {
    const type = resource.at('type').value;
    const isGroup = typeof type === 'string' && type.toLowerCase() === CONTAINER_GROUP_TYPE.toLowerCase();
    if (!isGroup)
      resource.ignored(`has no effect: ${named(resource)} is no container group; a job creates nothing else`);
    else if (isDeployed(resource, scope)) groups.push(resource);
    else resource.ignored('has no effect: its condition is false');
  }
  const [group, ...others] = groups;
  if (group === undefined)
    (resources.present ? resources : template).problem(
      `has no resource of type ${CONTAINER_GROUP_TYPE}; a job is one (nested deployments are not followed)`,
    );
  if (others.length === 0) return group;
  resources.problem(
    `has ${groups.length} container groups (${groups.map(named).join(', ')}), a job is one; submit each by itself`,
  );
  return undefined;
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

function isDeployed(resource: Reader, scope: TemplateScope): boolean {
  const condition = resource.at('condition');
  if (!condition.present) return true;
  try {
    const value = typeof condition.value === 'string' ? scope.text(condition.value).value : condition.value;
    if (typeof value === 'boolean') return value;
    condition.problem('must be true or false');
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    condition.problem(error.message);
  }
  return true;
}

function named(resource: Reader): string {
  const [type, name] = [resource.at('type').value, resource.at('name').value];
  const shown = [type, name].filter((part) => typeof part === 'string').map((part) => part.slice(0, 100));
  return shown.length === 0 ? 'a resource without a type' : shown.join(' ');
}
