// Lists the fields of a schema, one row each, for the reference page.
import type * as z from 'zod';
import { type JsonSchema, jsonSchema } from './json-schema.ts';

export type FieldRow = Readonly<{ path: string; type: string; meaning: string }>;

export function fieldRows(schema: z.ZodType): readonly FieldRow[] {
  return rowsOf(jsonSchema(schema), '');
}

function rowsOf(node: JsonSchema, prefix: string): readonly FieldRow[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const { known, nullable } = withoutNull(field);
    const type = typeText(known) + (nullable ? ' or null' : '');
    const row = { path, type, meaning: field.description ?? known.description ?? '' };
    return [row, ...(known.items === undefined ? rowsOf(known, `${path}.`) : rowsOf(known.items, `${path}[].`))];
  });
}

function withoutNull(field: JsonSchema): { known: JsonSchema; nullable: boolean } {
  const [known, other] = field.anyOf ?? [];
  if (known !== undefined && other?.type === 'null') return { known, nullable: true };
  const [type, second] = typeof field.type === 'object' ? field.type : [field.type];
  return { known: { ...field, ...(type !== undefined && { type }) }, nullable: second === 'null' };
}

function typeText({ type, format, enum: words, const: constant, anyOf }: JsonSchema): string {
  if (constant !== undefined) return `\`${constant}\``;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(' · ');
  // Words, or any other string: see `openWords`.
  if (anyOf?.[0] !== undefined) return `${typeText(anyOf[0])} · …`;
  if (format === 'date-time') return 'instant';
  return type === 'array' ? 'list' : String(type);
}
