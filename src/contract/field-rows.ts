// Lists the fields of a schema, one row each, for the reference page.
import { z } from 'zod';

export type FieldRow = Readonly<{ path: string; type: string; meaning: string }>;

/** The part of JSON Schema that our schemas use. */
type Node = Readonly<{
  type?: string | readonly string[];
  description?: string;
  format?: string;
  const?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, Node>>;
  items?: Node;
  anyOf?: readonly Node[];
}>;

export function fieldRows(schema: z.ZodType): readonly FieldRow[] {
  // JSON Schema is looser than what zod emits of these schemas: draft 2020-12 with every reused schema inlined.
  return rowsOf(z.toJSONSchema(schema) as Node, '');
}

function rowsOf(node: Node, prefix: string): readonly FieldRow[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const { known, nullable } = withoutNull(field);
    const type = typeText(known) + (nullable ? ' or null' : '');
    const row = { path, type, meaning: field.description ?? known.description ?? '' };
    return [row, ...(known.items === undefined ? rowsOf(known, `${path}.`) : rowsOf(known.items, `${path}[].`))];
  });
}

function withoutNull(field: Node): { known: Node; nullable: boolean } {
  if (Array.isArray(field.type)) return { known: { ...field, type: field.type[0] }, nullable: true };
  const known = field.anyOf?.find(({ type }) => type !== 'null');
  return known === undefined ? { known: field, nullable: false } : { known, nullable: true };
}

function typeText({ type, format, enum: words, const: constant }: Node): string {
  if (constant !== undefined) return `\`${constant}\``;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(' · ');
  if (format === 'date-time') return 'instant';
  return type === 'array' ? 'list' : String(type);
}
