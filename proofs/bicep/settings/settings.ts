// The settings of the app in Bicep and those that it reads are the same.
import { type DeclaredResource } from '../model/file';
import type { Model } from '../model/model';
import { resourceNameOf } from '../model/resource-name';
import { literalOf, valuesOf } from '../model/values';
import { walkFile } from '../model/walk';
import { didYouMean } from '../nearest';
import type { Report, Rule } from '../rules/rule';
import { type GivenSetting, settingsOfSite } from './collect-settings';
import { HOST_SETTINGS, isHostSetting } from './host-settings';
import { problemOfStorage, problemOfValue, readOwnSettings } from './own-settings';

const OWN = readOwnSettings();
const PREFIX = 'GPU_JOBS_';

export const settings: Rule = (model, report) => {
  for (const resource of model.file.resources)
    if (isSite(resource) && !resource.syntax.existing) checkSite(resource, model, report);
  checkNames(model, report);
};

const isSite = (resource: DeclaredResource): boolean =>
  resourceNameOf(resource)?.type.toLowerCase() === 'microsoft.web/sites';

function checkSite(site: DeclaredResource, model: Model, report: Report): void {
  const { settings: given, complete } = settingsOfSite(site, model);
  const names = new Set(given.map(({ name }) => name));
  const seen = new Set<string>();
  for (const setting of given) {
    const at = setting.model === model ? setting.at : site.name;
    const isOwnPlace = setting.model === model;
    if (seen.has(setting.name) && isOwnPlace) report(at, `The setting "${setting.name}" is given twice.`);
    seen.add(setting.name);
    if (!OWN.names.includes(setting.name) && !isHostSetting(setting.name))
      report(at, unknownSetting(setting.name));
    else checkValue(setting, at, report);
  }
  if (!complete) {
    report(
      site.name,
      `Not all settings of "${site.name.text}" can be told: write their names as plain strings.`,
    );
    return;
  }
  for (const name of OWN.required)
    if (!names.has(name))
      report(
        site.name,
        `"${site.name.text}" is not given the setting "${name}", without which the app does not start.`,
      );
  const storage = names.has('AzureWebJobsStorage') ? undefined : problemOfStorage([...names]);
  if (storage !== undefined) report(site.name, `"${site.name.text}" can't reach its storage: ${storage}.`);
  if (names.has('AzureWebJobsStorage__clientId') && !names.has('AZURE_CLIENT_ID'))
    report(
      site.name,
      `"${site.name.text}" has AzureWebJobsStorage__clientId, which only the host reads: give it AZURE_CLIENT_ID too, by which the app's own clients find the identity.`,
    );
  if (names.has('AzureWebJobsStorage__clientId') && !names.has('AzureWebJobsStorage__credential'))
    report(
      site.name,
      `"${site.name.text}" has AzureWebJobsStorage__clientId without AzureWebJobsStorage__credential: set it to 'managedidentity'.`,
    );
}

function unknownSetting(name: string): string {
  return `Nobody reads the setting "${name}": neither the app nor its host knows it.${didYouMean(name, [...OWN.names, ...HOST_SETTINGS])}`;
}

function checkValue({ name, value, model }: GivenSetting, at: Parameters<Report>[0], report: Report): void {
  if (value === undefined || !name.startsWith(PREFIX)) return;
  for (const written of valuesOf(value, model)) {
    const literal = literalOf(written);
    if (typeof literal !== 'string') continue;
    const problem = problemOfValue(name, literal);
    if (problem !== undefined) report(at, `The app does not start with this value: ${problem}`);
  }
}

/** Wherever the name of a setting of ours stands, as in the environment of a container. */
function checkNames(model: Model, report: Report): void {
  walkFile(model, (expression) => {
    const said =
      expression.kind === 'string' && expression.values.length === 0
        ? [{ name: expression.texts.join(''), at: expression }]
        : expression.kind === 'object'
          ? expression.members.flatMap((member) =>
              member.kind === 'member' && 'text' in member.key
                ? [{ name: member.key.text, at: member.key }]
                : [],
            )
          : [];
    for (const { name, at } of said)
      if (/^GPU_JOBS_[A-Z0-9_]+$/i.test(name) && !OWN.names.includes(name)) report(at, unknownSetting(name));
  });
}
