// From zod to JSON Schema as OpenAPI 3.1 has it (draft 2020-12): named schemas become shared components.
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** `request`: what may be sent, before defaults. `answer`: what is sent back. */
export type Direction = 'request' | 'answer';

export interface SchemasOptions {
  /**
   * For checks, answers hold what is described and nothing else. Readers should accept more, so that fields can be
   * added.
   */
  readonly closed: boolean;
}

/** Turns schemas into JSON Schema and keeps those that have a name (`.meta({ id })`) as components. */
export class JsonSchemas {
  readonly #options: SchemasOptions;
  readonly #components = new Map<string, JsonSchema>();

  constructor(options: SchemasOptions) {
    this.#options = options;
  }

  /** Ask for all answers before the first request. Where the two differ, the request's name ends in `Input`. */
  of(schema: z.ZodType, direction: Direction): JsonSchema {
    const { $defs, ...body } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: direction === 'request' ? 'input' : 'output',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        delete jsonSchema.id;
        if (jsonSchema.format === 'date-time') delete jsonSchema.pattern; // It says the same in 300 characters.
        const { def } = zodSchema._zod;
        const isOpen = def.type === 'object' && !('catchall' in def && def.catchall !== undefined);
        if (isOpen && !this.#options.closed) delete jsonSchema.additionalProperties;
      },
    });
    delete body.$schema;
    const named: Record<string, unknown> = $defs ?? {};
    const names = new Map(
      Object.entries(named).map(([name, one]) => [name, this.#nameFor(name, one, direction)]),
    );
    for (const [name, one] of Object.entries(named))
      this.#components.set(names.get(name) ?? name, asSchema(renamed(one, names)));
    return asSchema(renamed(body, names));
  }

  /** Everything with a name so far, in the order of the names. */
  components(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #nameFor(name: string, schema: unknown, direction: Direction): string {
    const known = this.#components.get(name);
    if (direction === 'answer' || known === undefined) return name;
    const plain = renamed(schema, new Map());
    return JSON.stringify(plain) === JSON.stringify(known) ? name : `${name}Input`;
  }
}

function asSchema(value: unknown): JsonSchema {
  return z.record(z.string(), z.unknown()).parse(value);
}

/** The same with references that lead to components. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const name = key === '$ref' && typeof one === 'string' ? /^#\/\$defs\/(.+)$/.exec(one)?.[1] : undefined;
      return name === undefined
        ? [key, renamed(one, names)]
        : [key, `#/components/schemas/${names.get(name) ?? name}`];
    }),
  );
}
