/** From a JSON schema of settings to the fields of a form: what each is, between which values, and what is wrong. */
import { count, radius } from '../../core/report/format.ts';
import { schemaForm } from '../texts/schemaForm.ts';

/** As registries give it: JSON Schema with titles, units and defaults. */
export type Schema = { readonly [key: string]: unknown };

export interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
  readonly multipleOf?: number;
}

interface Described {
  readonly name: string;
  readonly title: string;
  readonly unit?: string;
  readonly description?: string;
}

export type SchemaField =
  | (Described & {
      readonly kind: 'number';
      readonly isWhole: boolean;
      /** Typed and shown as k/255. */
      readonly isPixelValue: boolean;
      readonly limits: Limits;
      readonly preset?: number;
    })
  | (Described & { readonly kind: 'switch'; readonly preset: boolean })
  | (Described & { readonly kind: 'choice'; readonly options: readonly string[]; readonly preset?: string })
  | (Described & { readonly kind: 'choices'; readonly options: readonly string[]; readonly atLeast: number })
  | (Described & { readonly kind: 'text'; readonly preset?: string });

export type NumberField = Extract<SchemaField, { kind: 'number' }>;

/** zod writes the limits of whole numbers as those that a double can hold: no limits to speak of. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Math.abs(value) < UNBOUNDED ? value : undefined;

const stringsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one): one is string => typeof one === 'string') ? value : undefined;

/** The schema of one setting, or of a group of settings, below another. */
export function schemaAt(schema: Schema | undefined, ...path: readonly string[]): Schema | undefined {
  let at = schema;
  for (const name of path) {
    const { properties } = at ?? {};
    if (!isObject(properties) || !Object.hasOwn(properties, name)) return undefined;
    const next = properties[name];
    if (!isObject(next)) return undefined;
    at = next;
  }
  return at;
}

/** The settings in the order of the schema. Those that are made of parts (lists of objects, choices) have forms of their own. */
export function fieldsOf(schema: Schema): readonly SchemaField[] {
  const { properties } = schema;
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, part]) => {
    const field = isObject(part) ? fieldOf(name, part) : undefined;
    return field === undefined ? [] : [field];
  });
}

export function fieldOf(name: string, schema: Schema): SchemaField | undefined {
  const unit = textOf(schema.unit);
  const description = textOf(schema.description);
  const about: Described = {
    name,
    title: textOf(schema.title) ?? name,
    ...(unit === undefined ? {} : { unit }),
    ...(description === undefined ? {} : { description }),
  };
  const options = stringsOf(schema.enum);
  if (options !== undefined) {
    const preset = textOf(schema.default);
    return { ...about, kind: 'choice', options, ...(preset === undefined ? {} : { preset }) };
  }
  switch (schema.type) {
    case 'boolean':
      return { ...about, kind: 'switch', preset: schema.default === true };
    case 'integer':
    case 'number':
      return numberField(about, schema);
    case 'string': {
      const preset = textOf(schema.default);
      return { ...about, kind: 'text', ...(preset === undefined ? {} : { preset }) };
    }
    case 'array': {
      const items = isObject(schema.items) ? stringsOf(schema.items.enum) : undefined;
      return items === undefined
        ? undefined
        : { ...about, kind: 'choices', options: items, atLeast: numberOf(schema.minItems) ?? 0 };
    }
    default:
      return undefined;
  }
}

function numberField(about: Described, schema: Schema): NumberField {
  const preset = numberOf(schema.default);
  const isPixelValue = /\bpixel value\b/.test(about.unit ?? '');
  return {
    ...about,
    kind: 'number',
    isWhole: schema.type === 'integer',
    isPixelValue,
    limits: limitsOf(schema),
    ...(preset === undefined ? {} : { preset }),
  };
}

function limitsOf(schema: Schema): Limits {
  const all = {
    min: numberOf(schema.minimum),
    max: numberOf(schema.maximum),
    exclusiveMin: numberOf(schema.exclusiveMinimum),
    exclusiveMax: numberOf(schema.exclusiveMaximum),
    multipleOf: numberOf(schema.multipleOf),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** How a number of the field is written. */
export function showNumber({ isPixelValue }: Pick<NumberField, 'isPixelValue'>, value: number): string {
  // Above 1 it is no pixel value, and is to be seen as it was typed.
  return isPixelValue && value > 0 && value < 1 ? radius(value, 'linf') : String(value);
}

/** Between which values, in words; nothing where every number is right. */
export function rangeWords(field: NumberField): string | undefined {
  const { min, max, exclusiveMin, exclusiveMax } = field.limits;
  const show = (value: number): string => (Number.isInteger(value) ? count(value) : showNumber(field, value));
  const low =
    min !== undefined
      ? schemaForm.from(show(min))
      : exclusiveMin !== undefined
        ? schemaForm.above(show(exclusiveMin))
        : undefined;
  const high =
    max !== undefined
      ? schemaForm.upTo(show(max))
      : exclusiveMax !== undefined
        ? schemaForm.below(show(exclusiveMax))
        : undefined;
  const words = [low, high].filter((part) => part !== undefined);
  return words.length === 0 ? undefined : words.join(' ');
}

/** What is wrong with a value by the field's own schema; told while one types. */
export function ownError(field: SchemaField, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  switch (field.kind) {
    case 'number':
      return numberError(field, value);
    case 'choices':
      return Array.isArray(value) && value.length < field.atLeast
        ? schemaForm.atLeast(field.atLeast)
        : undefined;
    case 'switch':
    case 'choice':
    case 'text':
      return undefined;
  }
}

function numberError(field: NumberField, value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return field.isPixelValue ? schemaForm.noPixelValue : schemaForm.noNumber;
  if (field.isWhole && !Number.isInteger(value)) return schemaForm.notWhole;
  const { min = -Infinity, max = Infinity, exclusiveMin, exclusiveMax, multipleOf } = field.limits;
  const isInside =
    value >= min &&
    value <= max &&
    (exclusiveMin === undefined || value > exclusiveMin) &&
    (exclusiveMax === undefined || value < exclusiveMax);
  if (!isInside) {
    const looksLikeSteps = field.isPixelValue && value > max && value <= 255;
    return looksLikeSteps ? schemaForm.meantOver255(value) : schemaForm.outside(rangeWords(field) ?? '');
  }
  return multipleOf !== undefined && value % multipleOf !== 0 ? schemaForm.multipleOf(multipleOf) : undefined;
}

/** What the library says of a field, without the part that says which field and what it takes: the form shows both. */
export function problemWords(problem: {
  readonly path: readonly string[];
  readonly message: string;
  readonly hint: string;
}): string {
  const { path, message, hint } = problem;
  const takes = hint.indexOf(' takes ');
  const isAboutField = takes >= 0 && hint.slice(0, takes).split('.').at(-1) === path.at(-1);
  return isAboutField ? message : `${message} ${hint}`.trim();
}

/** Description, range: what stands below a field. */
export function hintOf(field: SchemaField): string | undefined {
  const range = field.kind === 'number' ? rangeWords(field) : undefined;
  const parts = [field.description, range].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : sentence(parts.join('; '));
}

/** Begins with a capital letter, unless it begins with a name. */
export function sentence(text: string): string {
  const first = text.split(/[\s(,]/)[0];
  // Names such as `fgsm` or ‘n/255’ keep their letters.
  return /^[a-z]+$/.test(first) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/**
 * Settings to take along when one entry of a list gives way to another: those that both have with the same meaning.
 * @param from schema of the entry that is left, with its settings
 */
export function sharedSettings(
  from: { readonly schema: Schema; readonly settings: Readonly<Record<string, unknown>> },
  to: Schema,
): Readonly<Record<string, unknown>> {
  const meaning = (schema: Schema, name: string): string => {
    const { title, unit, type, enum: options } = schemaAt(schema, name) ?? {};
    return JSON.stringify([title, unit, type, options]);
  };
  return Object.fromEntries(
    Object.entries(from.settings).filter(
      ([name]) => schemaAt(to, name) !== undefined && meaning(from.schema, name) === meaning(to, name),
    ),
  );
}
