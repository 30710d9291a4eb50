// Turns the schema of a topic into JSON Schema, draft 2020-12, as docs/schema and the AsyncAPI document show it.
import * as z from 'zod';
import { addressOf, PURPOSES } from './topic-purposes.ts';
import { type TopicName, topics } from './topics.ts';

/** The part of JSON Schema that our schemas use. */
export type JsonSchema = Readonly<{
  type?: string | readonly string[];
  description?: string;
  format?: string;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
}>;

/** The file `docs/schema/<name>.json`. */
export function schemaFile(name: TopicName): Readonly<Record<string, unknown>> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:onlooker:v1:${name}`,
    title: `onlooker/v1/<site>/<screen>/${addressOf(name)}`,
    description: PURPOSES[name],
    ...jsonSchema(topics[name].schema),
  };
}

export function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    // As a reader sees it: fields that he does not know may be there.
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format says it; the pattern beside it is of four hundred characters.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      // What every number of JavaScript is held to says nothing about this one.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  // JSON Schema is looser than what zod emits of our schemas: no booleans for schemas, every reused schema inlined.
  return rest as JsonSchema;
}
