import * as v from 'valibot'
import {failed, issue, step, unknownKey, wrong} from './issue.ts'
import {oneOf} from './nearest.ts'

/** Whatever the file holds, read as `Output`. */
export type Schema<Output = unknown> = v.GenericSchema<unknown, Output>
/** A key of a map: what may stand there, and what it says, for editors and the reader. */
export type Field<Output = unknown> = readonly [schema: Schema<Output>, about: string]
type Fields = Readonly<Record<string, Field>>
type MapOutput<F extends Fields> = v.InferOutput<v.StrictObjectSchema<{readonly [K in keyof F]: F[K][0]}, string>>

/** The sentences about the keys of a map, for the JSON Schema. */
export const abouts = new WeakMap<object, Readonly<Record<string, string>>>()

export const isText = (input: unknown): input is string => typeof input === 'string'
export const isNumber = (input: unknown): input is number => typeof input === 'number'
export const isMap = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

/**
 * A map of exactly these keys. Other than valibot's own it names every unknown key, not the first alone, says what would
 * do in its place, and takes no list for a map. `elsewhere` says of a key that is unknown here where it would be right.
 */
export function map<const F extends Fields>(fields: F, elsewhere = noHint): Schema<MapOutput<F>> {
  const known = Object.keys(fields)
  const entries = each(fields, ([schema]) => schema)
  const base = v.strictObject(entries, issue => wantedAt(entries, issue))
  const schema: Schema = {
    ...base,
    '~run'(dataset, config) {
      const input = dataset.value
      if (!isMap(input))
        return wrong(input, `a map with ${known.slice(0, 3).join(', ')}${known.length > 3 ? ' …' : ''}`)
      const result = base['~run']({value: pick(input, known)}, config)
      const unknown = Object.keys(input).filter(key => !known.includes(key))
      const issues = unknown.map(key => unknownKey(input, key, elsewhere(key) ?? oneOf(key, known)))
      return issues.length === 0 ? result : failed(result.value, ...(result.issues ?? []), ...issues)
    },
  }
  abouts.set(
    schema,
    each(fields, ([, about]) => about),
  )
  return schema as Schema<MapOutput<F>>
}

type KindsOutput<K extends string, O extends Readonly<Record<string, Fields>>> = {
  [N in keyof O & string]: {[key in K]: N} & MapOutput<O[N]>
}[keyof O & string]

/** A map whose key `key` says which of several kinds it is, and so which other keys it may have. */
export function kinds<const K extends string, const O extends Readonly<Record<string, Fields>>>(
  key: K,
  about: string,
  options: O,
): Schema<KindsOutput<K, O>> {
  const names = Object.keys(options)
  const schemas = each(options, (fields, name) =>
    map({[key]: [v.literal(name), about], ...fields}, owner(key, options)),
  )
  const schema: Schema = {
    ...v.union(Object.values(schemas)),
    '~run'(dataset, config) {
      const input = dataset.value
      if (!isMap(input)) return wrong(input, `a map with ${key}`)
      const name = input[key]
      if (isText(name) && Object.hasOwn(schemas, name)) return schemas[name]!['~run'](dataset, config)
      return failed(input, issue(oneOf(name, names), name, [step(input, key, 'value')]))
    },
  }
  return schema as Schema<KindsOutput<K, O>>
}

/** A map with a single key, which says what kind of thing stands there. */
export function single<const O extends Readonly<Record<string, Field>>>(
  options: O,
): Schema<v.InferOutput<O[keyof O][0]>> {
  const names = Object.keys(options)
  const schemas = each(options, (field, name) => map({[name]: field}))
  const schema: Schema = {
    ...v.union(Object.values(schemas)),
    '~run'(dataset, config) {
      const input = dataset.value
      if (!isMap(input)) return wrong(input, `a map with one of ${names.join(', ')}`)
      const keys = Object.keys(input)
      const name = keys.find(key => names.includes(key))
      if (name !== undefined) return schemas[name]!['~run'](dataset, config)
      const issues = keys.map(key => unknownKey(input, key, oneOf(key, names)))
      return keys.length === 0 ? wrong(input, `a map with one of ${names.join(', ')}`) : failed(input, ...issues)
    },
  }
  return v.pipe(
    schema as Schema<Record<string, v.InferOutput<O[keyof O][0]>>>,
    v.transform(it => Object.values(it)[0]!),
  )
}

/** A value with two spellings: errors speak of `then` if it looks like that, of `otherwise` if not. */
export function either<A, B>(test: (input: unknown) => boolean, then: Schema<A>, otherwise: Schema<B>): Schema<A | B> {
  const schema: Schema = {
    ...v.union([otherwise, then]),
    '~run': (dataset, config) => (test(dataset.value) ? then : otherwise)['~run'](dataset, config),
  }
  return schema as Schema<A | B>
}

const namePattern = /^[A-Za-z][A-Za-z0-9-]{0,39}$/

/** A map of things that the file gives names to. */
export function named<Output>(what: string, value: Schema<Output>): Schema<Record<string, Output>> {
  const wanted = `a name for the ${what}: a letter, then letters, digits and dashes, 40 at most`
  return record(v.pipe(v.string(wanted), v.regex(namePattern, wanted)), value, `a map from names to ${what}s`)
}

const tierPattern = new RegExp(`${namePattern.source.slice(0, -1)}(?:/l4)?$`)

/** A map of things about tiers, and about the balancers in front of them. */
export function namedTiers<Output>(value: Schema<Output>): Schema<Record<string, Output>> {
  const wanted = 'the name of a tier, or with /l4 after it that of the balancer in front'
  return record(v.pipe(v.string(wanted), v.regex(tierPattern, wanted)), value, 'a map from tiers to releases')
}

/** A map with any keys of a kind. Other than valibot's own it takes no list for a map. */
export function record<Output>(
  key: v.BaseSchema<string, string, v.BaseIssue<unknown>>,
  value: Schema<Output>,
  wanted: string,
): Schema<Record<string, Output>> {
  const base = v.record(key, value)
  return {
    ...base,
    '~run': (dataset, config) => (isMap(dataset.value) ? base['~run'](dataset, config) : wrong(dataset.value, wanted)),
  }
}

const noHint = (_key: string): string | undefined => undefined

/** Which kinds have a key that another lacks. */
const owner =
  (key: string, options: Readonly<Record<string, Fields>>) =>
  (unknown: string): string | undefined => {
    const owners = Object.keys(options).filter(name => Object.hasOwn(options[name]!, unknown))
    return owners.length === 0 ? undefined : `this key only where ${key} is ${owners.join(' or ')}`
  }

/** What a missing key would have to hold: what its schema says of nothing at all. */
function wantedAt(entries: Readonly<Record<string, Schema>>, issue: v.StrictObjectIssue): string {
  const missing = entries[String(issue.path?.[0]?.key)]?.['~run']({value: undefined}, {})
  return missing?.issues?.[0].message ?? 'a value'
}

function each<V, R>(record: Readonly<Record<string, V>>, change: (value: V, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
}

function pick(input: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.assign(
    Object.create(null),
    Object.fromEntries(keys.filter(key => Object.hasOwn(input, key)).map(key => [key, input[key]])),
  )
}
