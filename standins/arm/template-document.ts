// The shape of the templates that the stand-in evaluates: those of Azure's GPU guides.
import { z } from 'zod';

import { inAnyCase } from '../aci/in-any-case';
import { invalidTemplate, notEvaluated } from './template-fault';

const parameterSchema = z.strictObject({
  type: z
    .string()
    .transform((type) => type.toLowerCase())
    .pipe(z.enum(['string', 'int', 'bool'])),
  defaultValue: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

const CONTAINER_GROUPS = 'Microsoft.ContainerInstance/containerGroups';

/** Members that aren't named here belong to the language (copy, condition, scope, …) and are refused. */
const resourceSchema = z.strictObject({
  type: z.string(),
  apiVersion: z.string(),
  name: z.string(),
  location: z.string().optional(),
  comments: z.string().optional(),
  metadata: z.unknown().optional(),
  dependsOn: z.array(z.string()).max(0).optional(),
  tags: z.record(z.string(), z.unknown()).optional(),
  identity: z.unknown().optional(),
  zones: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()),
});

const templateSchema = z.strictObject({
  $schema: z.string(),
  contentVersion: z.string(),
  metadata: z.unknown().optional(),
  parameters: z.record(z.string(), parameterSchema).optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  functions: z.array(z.unknown()).max(0).optional(),
  resources: z.array(resourceSchema),
  outputs: z.record(z.string(), z.never()).optional(),
});
export type TemplateDocument = z.infer<typeof templateSchema>;
export type TemplateResource = TemplateDocument['resources'][number];
export type ParameterDeclaration = z.infer<typeof parameterSchema>;

/** Throws InvalidTemplate at the first place that is wrong or that the stand-in doesn't evaluate. */
export function readTemplate(value: unknown): TemplateDocument {
  const parsed = templateSchema.safeParse(inAnyCase(templateSchema, value));
  if (!parsed.success) throw refused(parsed.error.issues[0]);
  const template = parsed.data;
  if (!/\/deploymentTemplate\.json#?$/i.test(template.$schema))
    throw notEvaluated(`templates of the schema '${template.$schema}'`, '$schema');
  for (const [index, { type }] of template.resources.entries())
    if (type.toLowerCase() !== CONTAINER_GROUPS.toLowerCase())
      throw notEvaluated(`resources of type '${type}', only ${CONTAINER_GROUPS}`, `resources[${index}].type`);
  return template;
}

function refused(issue: z.core.$ZodIssue | undefined): Error {
  const path = pathText(issue?.path ?? []);
  if (issue?.code === 'unrecognized_keys')
    return notEvaluated(issue.keys.map((key) => `'${key}'`).join(', '), path);
  if (issue?.code === 'invalid_value') {
    const allowed = issue.values.map((value) => `'${String(value)}'`).join(', ');
    return notEvaluated(`another value than ${allowed}`, path);
  }
  if (issue?.code === 'too_big' || (issue?.code === 'invalid_type' && issue.expected === 'never'))
    return notEvaluated('entries', path);
  if (issue?.code === 'invalid_type')
    return invalidTemplate(`Property '${path}' must be of type ${issue.expected}`, path);
  return invalidTemplate(`${issue?.message ?? 'invalid'} at '${path}'`, path);
}

/** `resources[0].name`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : (index > 0 ? '.' : '') + String(part)))
    .join('');
}
