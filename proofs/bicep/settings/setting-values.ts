// Settings that Azure's libraries read are given what they take: the property of a resource that they are for, and
// texts of the right form. They are looked for wherever they stand, as in a site's settings or a container's
// environment.
import { memberOf, membersOf, textOf } from '../model/file';
import type { Model } from '../model/model';
import { valuesOf, type Written } from '../model/values';
import { walkFile } from '../model/walk';
import type { Expression, ObjectSyntax, StringSyntax } from '../parse/syntax';
import type { Report, Rule } from '../rules/rule';
import { symbolOf } from '../rules/start-values';

interface Wanted {
  /** Names of the properties that it takes of a resource. */
  readonly properties: readonly string[];
  /** The form of a text, in which `…` stands for each value within it. */
  readonly form?: RegExp;
  /** How a message calls it. */
  readonly said: string;
}

const CLIENT_ID: Wanted = {
  properties: ['clientId'],
  form: /^(|…|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
  said: 'the client id of an identity, "properties.clientId"',
};

const endpoint = (service: string): Wanted => ({
  properties: [service],
  form: /^(…|https:\/\/\S+)/,
  said: `an address, as "properties.primaryEndpoints.${service}" of a storage account`,
});

/** From Azure's pages of app settings, identity-based connections, and Application Insights with Entra ID. */
const WANTED: ReadonlyMap<string, Wanted> = new Map([
  ['AZURE_CLIENT_ID', CLIENT_ID],
  ['AzureWebJobsStorage__clientId', CLIENT_ID],
  ['AzureWebJobsStorage__blobServiceUri', endpoint('blob')],
  ['AzureWebJobsStorage__queueServiceUri', endpoint('queue')],
  ['AzureWebJobsStorage__tableServiceUri', endpoint('table')],
  ['AzureWebJobsStorage__accountName', { properties: ['name'], said: 'the "name" of a storage account' }],
  [
    'AzureWebJobsStorage__credential',
    { properties: [], form: /^(…|managedidentity)$/, said: "'managedidentity'" },
  ],
  [
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
    {
      properties: ['ConnectionString'],
      said: 'the connection string of an Application Insights, "properties.ConnectionString"',
    },
  ],
  [
    'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    {
      properties: [],
      form: /^(…|(ClientId=[^;=\s]+;)?Authorization=AAD)$/,
      said: "a text as 'ClientId=…;Authorization=AAD'",
    },
  ],
  ['GPU_JOBS_KEY_VAULT', { properties: ['vaultUri'], said: 'the address of a vault, "properties.vaultUri"' }],
]);

export const settingValues: Rule = (model, report) => {
  walkFile(model, (expression) => {
    if (expression.kind !== 'object') return;
    for (const { name, value } of settingsIn(expression)) {
      const wanted = WANTED.get(name);
      if (wanted !== undefined) check(name, value, wanted, model, report);
    }
  });
};

/** `{ name: 'NAME', value: … }`, or members of these names. */
function settingsIn(object: ObjectSyntax): readonly { readonly name: string; readonly value: Expression }[] {
  const name = memberOf(object, 'name')?.value;
  const value = memberOf(object, 'value')?.value;
  const text = name === undefined ? undefined : textOf(name);
  return text === undefined || value === undefined ? membersOf(object) : [{ name: text, value }];
}

function check(name: string, value: Expression, wanted: Wanted, model: Model, report: Report): void {
  for (const written of valuesOf(value, model)) {
    const other = otherIn(written, wanted);
    if (other !== undefined) report(value, `"${name}" takes ${wanted.said}, not ${other}.`);
    if (written.value.kind !== 'string') continue;
    for (const part of written.value.values)
      for (const inner of name === 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
        ? valuesOf(part, written.model)
        : []) {
        const wrong = otherIn(inner, CLIENT_ID);
        if (wrong !== undefined)
          report(value, `The ClientId in "${name}" is ${CLIENT_ID.said}, not ${wrong}.`);
      }
  }
}

/** What a value is instead of what is wanted; undefined: it may be that. */
function otherIn({ value, model }: Written, { properties, form }: Wanted): string | undefined {
  if (value.kind === 'string') {
    const text = textWithGaps(value);
    return form === undefined || form.test(text) ? undefined : `'${text}'`;
  }
  if (value.kind !== 'property' || properties.includes(value.name.text)) return undefined;
  let base: Expression = value;
  while (base.kind === 'property') base = base.base;
  const symbol = symbolOf(base, model, undefined);
  const isResource = symbol !== undefined && model.file.declarations.get(symbol)?.kind === 'resource';
  return isResource ? `"${value.name.text}" of "${symbol}"` : undefined;
}

const textWithGaps = ({ texts }: StringSyntax): string => texts.join('…');
