type Schema = Readonly<Record<string, unknown>>
type Rule = (value: unknown, argument: never, schema: Schema) => boolean

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: unknown): value is number => typeof value === 'number'
const isText = (value: unknown): value is string => typeof value === 'string'

/** As much of JSON Schema (draft 7) as the schema of scenarios uses; throws at any other keyword. */
export function accepts(root: Schema, value: unknown): boolean {
  const types: Readonly<Record<string, (it: unknown) => boolean>> = {
    object: isObject,
    array: Array.isArray,
    string: isText,
    number: isNumber,
    integer: Number.isInteger,
    boolean: it => typeof it === 'boolean',
    null: it => it === null,
  }
  const rules: Readonly<Record<string, Rule>> = {
    $ref: (it, ref: string) => check(definition(root, ref), it),
    type: (it, type: string) => types[type]!(it),
    const: (it, only: unknown) => it === only,
    enum: (it, some: readonly unknown[]) => some.includes(it),
    anyOf: (it, some: readonly Schema[]) => some.some(schema => check(schema, it)),
    pattern: (it, pattern: string) => !isText(it) || new RegExp(pattern, 'u').test(it),
    minLength: (it, least: number) => !isText(it) || it.length >= least,
    maxLength: (it, most: number) => !isText(it) || it.length <= most,
    minimum: (it, least: number) => !isNumber(it) || it >= least,
    maximum: (it, most: number) => !isNumber(it) || it <= most,
    minItems: (it, least: number) => !Array.isArray(it) || it.length >= least,
    items: (it, items: Schema | readonly Schema[]) =>
      !Array.isArray(it) || it.every((element, i) => checkElement(items, element, i)),
    additionalItems: (it, none: boolean, schema) =>
      none || !Array.isArray(it) || it.length <= (schema.items as readonly Schema[]).length,
    required: (it, keys: readonly string[]) => !isObject(it) || keys.every(key => key in it),
    minProperties: (it, least: number) => !isObject(it) || Object.keys(it).length >= least,
    properties: (it, of: Readonly<Record<string, Schema>>) =>
      !isObject(it) || Object.entries(of).every(([key, schema]) => !(key in it) || check(schema, it[key])),
    propertyNames: (it, name: Schema) => !isObject(it) || Object.keys(it).every(key => check(name, key)),
    additionalProperties: (it, of: Schema | boolean, {properties = {}}) =>
      !isObject(it) ||
      Object.keys(it).every(
        key => key in (properties as Schema) || (typeof of === 'boolean' ? of : check(of, it[key])),
      ),
  }
  const checkElement = (items: Schema | readonly Schema[], element: unknown, i: number): boolean =>
    Array.isArray(items) ? items[i] === undefined || check(items[i], element) : check(items as Schema, element)
  const check = (schema: Schema, it: unknown): boolean =>
    Object.entries(schema).every(([keyword, argument]) => {
      if (annotations.includes(keyword)) return true
      const rule = rules[keyword]
      if (rule === undefined) throw new Error(`the checker does not know ${keyword}`)
      return rule(it, argument as never, schema)
    })
  return check(root, value)
}

const annotations = ['$schema', '$defs', 'title', 'description', 'default']

function definition(root: Schema, ref: string): Schema {
  const name = /^#\/\$defs\/(\w+)$/.exec(ref)![1]!
  return (root.$defs as Readonly<Record<string, Schema>>)[name]!
}

/** Every schema within a schema, with the way to it. */
export function* everySchema(schema: unknown, path = ''): Generator<{path: string; schema: Schema}> {
  if (Array.isArray(schema)) for (const [i, it] of schema.entries()) yield* everySchema(it, `${path}/${i}`)
  if (!isObject(schema)) return
  yield {path, schema}
  for (const [key, it] of Object.entries(schema)) yield* everySchema(it, `${path}/${key}`)
}
