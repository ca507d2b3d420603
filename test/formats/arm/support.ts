// A template around the container group of the tests.
import { group } from '../aci/support';
import { specOf } from '../support/parse';

/** A template whose one variable of the environment, `V`, is the given text. */
export function template(
  of: {
    value?: string;
    parameters?: object;
    variables?: object;
    top?: object;
    group?: object;
    others?: object[];
  } = {},
): Record<string, unknown> {
  const environmentVariables = [{ name: 'V', value: of.value ?? 'x' }];
  return {
    $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    ...(of.parameters === undefined ? {} : { parameters: of.parameters }),
    ...(of.variables === undefined ? {} : { variables: of.variables }),
    resources: [
      ...(of.others ?? []),
      {
        type: 'Microsoft.ContainerInstance/containerGroups',
        ...group({ container: { environmentVariables } }),
        ...of.group,
      },
    ],
    ...of.top,
  };
}

/** The one resource of the tests' template. */
export function groupOf(document: Record<string, unknown>): Record<string, unknown> {
  const [group] = document['resources'] as Record<string, unknown>[];
  return group ?? {};
}

/** What the variable of the tests' template becomes. */
export function valueOf(value: string, of: Parameters<typeof template>[0] = {}, parameters = {}): unknown {
  const { env } = specOf(template({ ...of, value }), { parameters }) as { env: { V: string } };
  return env.V;
}
