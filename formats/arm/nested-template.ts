// Templates within templates: what Bicep makes of a module, `Microsoft.Resources/deployments` with the template in it.
import { isMapping, type Reader } from '../reader';
import type { Locals } from './evaluate';
import { declarationsOf, type Given, givenParameters, membersOf } from './parameters';
import { TemplateScope } from './template-scope';

const DEPLOYMENT_TYPE = 'microsoft.resources/deployments';

export function isDeployment(resource: Reader): boolean {
  const type = resource.at('type').value;
  return typeof type === 'string' && type.toLowerCase() === DEPLOYMENT_TYPE;
}

/** The template that stands in a nested deployment; undefined where only a link does. */
export function templateWithin(deployment: Reader): Reader | undefined {
  const template = deployment.at('properties').at('template');
  return isMapping(template.value) ? template : undefined;
}

/**
 * What the nested template's expressions see: its own parameters, or all that its parent sees, as
 * `expressionEvaluationOptions` says.
 */
export function scopeWithin(
  deployment: Reader,
  template: Reader,
  outer: TemplateScope,
  locals: Locals,
): TemplateScope {
  const properties = deployment.at('properties');
  const evaluated = properties.at('expressionEvaluationOptions').at('scope').value;
  // Azure's default is the outer one.
  if (typeof evaluated !== 'string' || evaluated.toLowerCase() !== 'inner') return outer;
  const declared = declarationsOf(template);
  const given = new Map(
    membersOf(properties.at('parameters')).map(([name, parameter]): [string, Given] => [
      name.toLowerCase(),
      {
        value: () => outer.deep(parameter.at('value').value, locals),
        problem: (message) => {
          parameter.problem(`is a parameter that ${message}`);
        },
      },
    ]),
  );
  // A reference to a key vault is told as in any parameter file.
  givenParameters({}, properties.at('parameters'), template);
  return new TemplateScope({ template, declared, given, location: outer.location, budget: outer.budget });
}
