// A template around the container group of the tests.
import { group } from '../aci/support';

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
