// The form of Azure's type data: what is published, and the part of it that is kept here. Both are the same but for the
// descriptions and the functions of resources, which are left out here.
import { z } from 'zod';

const refSchema = z.object({ $ref: z.string().regex(/^#\/\d+$/) });

const propertySchema = z.object({ type: refSchema, flags: z.number().int() });

const typeSchema = z.discriminatedUnion('$type', [
  z.object({ $type: z.literal('AnyType') }),
  z.object({ $type: z.literal('BooleanType') }),
  z.object({
    $type: z.literal('IntegerType'),
    minValue: z.number().optional(),
    maxValue: z.number().optional(),
  }),
  z.object({
    $type: z.literal('StringType'),
    sensitive: z.boolean().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    pattern: z.string().optional(),
  }),
  z.object({ $type: z.literal('StringLiteralType'), value: z.string() }),
  z.object({ $type: z.literal('UnionType'), elements: z.array(refSchema) }),
  z.object({
    $type: z.literal('ArrayType'),
    itemType: refSchema,
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
  }),
  z.object({
    $type: z.literal('ObjectType'),
    name: z.string(),
    properties: z.record(z.string(), propertySchema),
    additionalProperties: refSchema.optional(),
  }),
  z.object({
    $type: z.literal('DiscriminatedObjectType'),
    name: z.string(),
    discriminator: z.string(),
    baseProperties: z.record(z.string(), propertySchema),
    elements: z.record(z.string(), refSchema),
  }),
]);

export type PublishedType = z.infer<typeof typeSchema>;
export type PublishedProperty = z.infer<typeof propertySchema>;
export type Ref = z.infer<typeof refSchema>;

const resourceSchema = z.object({
  $type: z.literal('ResourceType'),
  name: z.string(),
  body: refSchema,
  /** Bits of where one is deployed: 1 tenant, 2 management group, 4 subscription, 8 group, 16 resource. */
  writableScopes: z.number().int(),
  readableScopes: z.number().int(),
});

/** One type of resource at one API version; `#/N` leads into its own `types`. */
const entrySchema = z.object({ resource: resourceSchema, types: z.array(typeSchema) });

export type TypeEntry = z.infer<typeof entrySchema>;

/** A file of the data: one provider. */
export const typeFileSchema = z.record(z.string(), entrySchema);

/** A file as published: types of all resources of one provider and version, some of kinds that are of no use here. */
export const publishedFileSchema = z.array(
  z.union([typeSchema, resourceSchema, z.object({ $type: z.literal('ResourceFunctionType') })]),
);

export const indexOf = ({ $ref }: Ref): number => Number($ref.slice(2));
