import {type Path, quoted, shown} from './error.ts'
import {isMap} from './map.ts'
import {reportRoots} from './report-paths.ts'
import {reserved} from './source.ts'
import type {ReadValue} from './value.ts'

/** What `--set` cannot do. */
export interface Refusal {
  readonly set: string
  readonly path: string
  readonly found: string
  readonly wanted: string
}

type Container = Record<string, unknown> | unknown[]

/** The values that `--set path=value` put into a scenario, and what came from which. */
export class Overrides {
  readonly refusals: Refusal[] = []
  private readonly readValue: ReadValue
  private readonly origins: {readonly path: Path; readonly set: string}[] = []

  /** Changes `root` in the order given. */
  constructor(root: unknown, sets: readonly string[], readValue: ReadValue) {
    this.readValue = readValue
    if (isMap(root)) for (const set of sets) this.apply(root as Record<string, unknown>, set)
  }

  /** The override that brought what is at `path`, if one did; of several, the last. */
  origin(path: Path): string | undefined {
    return this.origins.findLast(origin => origin.path.every((step, i) => String(path[i]) === String(step)))?.set
  }

  private apply(root: Container, set: string): void {
    const sign = set.indexOf('=')
    const steps = stepsOf(set.slice(0, Math.max(0, sign)))
    if (sign === -1 || steps.some(step => step === '' || reserved.includes(step)))
      return this.refuse(set, '', quoted(set), 'path=value, such as tiers.edge.hosts=5')
    const value = this.readValue(set.slice(sign + 1))
    if (!('root' in value)) return this.refuse(set, steps.join('.'), value[0]!.found, value[0]!.wanted)
    const holder = this.holder(root, steps, set)
    if (holder !== undefined) this.put(holder, steps, value.root, set)
  }

  /** What the last step is to be set in. Maps that are missing on the way are made, and are the override's own. */
  private holder(root: Container, steps: readonly string[], set: string): Container | undefined {
    let holder = root
    for (const [i, step] of steps.slice(0, -1).entries()) {
      const path = steps.slice(0, i + 1)
      const next = Array.isArray(holder) ? holder[Number(step)] : holder[step]
      if (isContainer(next)) holder = next
      else if (next === undefined || next === null) {
        const made: Container = /^\d+$/.test(steps[i + 1]!) ? [] : Object.create(null)
        this.put(holder, path, made, set)
        holder = made
      } else {
        this.refuse(set, path.join('.'), shown(next), `a map with ${steps[i + 1]}; set ${path.join('.')} as a whole`)
        return undefined
      }
    }
    return holder
  }

  private put(holder: Container, path: readonly string[], value: unknown, set: string): void {
    const step = path.at(-1)!
    if (!Array.isArray(holder)) holder[step] = value
    else if (/^\d+$/.test(step) && Number(step) <= holder.length) holder[Number(step)] = value
    else return this.refuse(set, path.join('.'), quoted(step), `the number of an element, from 0 to ${holder.length}`)
    this.origins.push({path, set})
  }

  private refuse(set: string, path: string, found: string, wanted: string): void {
    this.refusals.push({set, path, found, wanted})
  }
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

const bounds = ['is', 'within', 'atLeast', 'atMost']

/** Steps are parted by dots; below `expect`, the dots of a path in the report part nothing. */
function stepsOf(path: string): readonly string[] {
  const [first, ...rest] = path.split('.')
  if (first !== 'expect') return [first!, ...rest]
  const last = rest.length > 1 && bounds.includes(rest.at(-1)!) ? [rest.pop()!] : []
  const strategy = rest.length > 1 && !reportRoots.includes(rest[0]!) ? [rest.shift()!] : []
  return [first, ...strategy, ...(rest.length > 0 ? [rest.join('.')] : []), ...last]
}
