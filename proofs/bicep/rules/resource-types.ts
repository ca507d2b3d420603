// The type of each resource exists, with its API version, and its data are here.
import type { DeclaredResource } from '../model/file';
import type { Model } from '../model/model';
import { resourceNameOf } from '../model/resource-name';
import { didYouMean } from '../nearest';
import type { Report, Rule } from './rule';

export const resourceTypes: Rule = (model, report) => {
  for (const resource of model.file.resources) checkType(resource, model, report);
};

function checkType(resource: DeclaredResource, { project }: Model, report: Report): void {
  const at = resource.syntax.type;
  const name = resourceNameOf(resource);
  if (name === undefined) {
    report(at, 'The type of a resource is a plain string, without "${…}".');
    return;
  }
  const { type, version } = name;
  if (!type.includes('/') || type.includes('@')) {
    report(at, `'${type}' is no type of a resource: write 'Microsoft.Provider/type@version'.`);
    return;
  }
  if (version === undefined || version === '') {
    report(
      at,
      `'${type}' has no API version: write '${type}@${project.types.versions(type)?.at(-1) ?? 'version'}'.`,
    );
    return;
  }
  if (project.types.named(`${type}@${version}`) !== undefined) return;
  const versions = project.types.versions(type);
  if (versions?.includes(version) === true)
    report(
      at,
      `The type data of ${type}@${version} are not here. Add it to proofs/bicep/types/wanted.json and run "npm run bicep-types -- CHECKOUT", or take one of those that are: ${here(project.types, type, versions)}.`,
    );
  else if (versions === undefined) {
    const near = didYouMean(type, project.types.types);
    report(
      at,
      `Nothing is known of the type "${type}".${near} If Azure has it, add it to proofs/bicep/types/wanted.json and run "npm run bicep-types -- CHECKOUT".`,
    );
  } else {
    const near = didYouMean(version, versions);
    report(at, `${type} has no API version "${version}".${near} Newest: ${versions.slice(-3).join(', ')}.`);
  }
}

function here(types: Model['project']['types'], type: string, versions: readonly string[]): string {
  return versions.filter((version) => types.named(`${type}@${version}`) !== undefined).join(', ');
}
