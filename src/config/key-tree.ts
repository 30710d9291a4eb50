// The keys of a YAML file as a plain tree, read from its JSON Schema: what the documents and the complaints are made of.
import { z } from 'zod';
import { configSchema } from './schema.ts';

/** `default` is undefined where the key has to be given. */
export type Leaf = Readonly<{ kind: 'leaf'; description: string; allowed: string; default: unknown }>;
export type Section = Readonly<{ kind: 'section'; description: string; keys: ReadonlyMap<string, Node> }>;
/** `item` holds the keys of each element; of a map that may be null, its keys. */
export type List = Readonly<{
  kind: 'list' | 'map';
  description: string;
  allowed: string;
  default: unknown;
  item: Section;
}>;
export type Node = Leaf | Section | List;

type JsonSchema = z.core.JSONSchema.BaseSchema;

export function configurationJsonSchema(): JsonSchema {
  return { title: 'Configuration of Onlooker', ...z.toJSONSchema(configSchema, { io: 'input' }) };
}

/** Of the configuration. */
export function keyTree(): Section {
  return sectionOf(configurationJsonSchema());
}

/** Of another file. */
export function keyTreeOf(schema: z.ZodType): Section {
  return sectionOf(z.toJSONSchema(schema, { io: 'input' }));
}

/** The node that a path of an issue leads to; an index leads into the elements of a list, nothing into a map. */
export function nodeAt(tree: Node, path: readonly PropertyKey[]): Node | null {
  if (tree.kind === 'map') return nodeAt(tree.item, path);
  const [key, ...rest] = path;
  if (key === undefined) return tree;
  if (tree.kind === 'list') return nodeAt(tree.item, rest);
  const next = tree.kind === 'section' ? tree.keys.get(String(key)) : undefined;
  return next === undefined ? null : nodeAt(next, rest);
}

function sectionOf(schema: JsonSchema): Section {
  const keys = Object.entries(schema.properties ?? {}).map(([key, child]) => [key, nodeOf(plain(child))] as const);
  return { kind: 'section', description: schema.description ?? '', keys: new Map(keys) };
}

function nodeOf(schema: JsonSchema): Node {
  if (schema.properties !== undefined) return sectionOf(schema);
  const shared = { description: schema.description ?? '', allowed: allowedBy(schema), default: schema.default };
  const item = sectionOf(itemsOf(schema));
  if (item.keys.size > 0) return { kind: 'list', ...shared, item };
  const map = schema.anyOf?.map(plain).find(({ properties }) => properties !== undefined);
  return map === undefined ? { kind: 'leaf', ...shared } : { kind: 'map', ...shared, item: sectionOf(map) };
}

/** Of a list, also of one that may be null. */
function itemsOf({ anyOf, items }: JsonSchema): JsonSchema {
  const list = anyOf?.map(plain).find(({ type }) => type === 'array')?.items ?? items;
  return Array.isArray(list) ? {} : plain(list);
}

function allowedBy(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map((option) => allowedBy(plain(option))).join(' or ');
  if (schema.enum !== undefined) return schema.enum.join(', ').replace(/, ([^,]*)$/, ' or $1');
  if (schema.const !== undefined) return String(schema.const);
  return [schema.type]
    .flat()
    .map((type) => typeText(type, schema))
    .join(' or ');
}

function typeText(
  type: JsonSchema['type'],
  { multipleOf, maxLength, minItems, maxItems, properties, ...range }: JsonSchema,
): string {
  switch (type) {
    case 'integer':
      return `a whole number${rangeOf(range)}${multipleOf === undefined ? '' : `, a multiple of ${multipleOf}`}`;
    case 'number':
      return `a number${rangeOf(range)}`;
    case 'string':
      return maxLength === undefined ? 'text' : `text of at most ${maxLength} characters`;
    case 'array':
      return `a list of ${minItems === maxItems ? '' : `${minItems} to `}${maxItems} elements`;
    case 'boolean':
      return 'true or false';
    case 'object':
      return `a map of ${Object.keys(properties ?? {}).join(', ')}`;
    default:
      return String(type);
  }
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  return minimum === undefined || maximum === undefined ? '' : ` from ${minimum} to ${maximum}`;
}

/** JSON Schema also knows `true` and `false` as schemas, which zod writes only for `any` and `never`. */
function plain(schema: JsonSchema | boolean | undefined): JsonSchema {
  return typeof schema === 'object' ? schema : {};
}
