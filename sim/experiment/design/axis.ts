import {DesignMistake} from './mistake.ts'
import {type Range, rangeOf} from './range.ts'

/** One value of a scenario that is varied, and what it may be. */
export interface Axis {
  /** Where it stands in the scenario. */
  readonly path: string
  /** Its values in a full grid, as a scenario file spells them; undefined for a range that does not say how many. */
  readonly levels?: readonly string[]
  /** How the share of the way and the value hang together; those of a list are only in an order. */
  readonly scale: 'linear' | 'log' | 'list'
  /** The value at a share of the way through all that it may be, from 0 up to 1. */
  at(share: number): string
}

/** Reads `path=a,b,c` or `path=from..to:n`. Throws a DesignMistake. */
export function axisOf(text: string): Axis {
  const sign = text.indexOf('=')
  if (sign < 1) throw new DesignMistake(`--vary wants PATH=VALUES, as tiers.edge.hosts=4,8,16, not '${text}'`)
  const path = text.slice(0, sign)
  if (path === 'seed') throw new DesignMistake('--vary takes no seed: --replications N runs each point under N of them')
  const parts = listed(text.slice(sign + 1))
  if (parts.includes('')) throw new DesignMistake(`--vary ${text} has an empty value`)
  const only = parts.length === 1 ? rangeOf(parts[0]!) : undefined
  return {path, ...(only ?? listOf(parts, text))}
}

/** Values that are told one by one; ranges among them count with theirs. */
function listOf(parts: readonly string[], text: string): Required<Range> {
  const levels = parts.flatMap(part => {
    const range = rangeOf(part)
    if (range === undefined) return part
    if (range.levels !== undefined) return range.levels
    throw new DesignMistake(`${part} in a list wants to know how many values: ${part}:5`)
  })
  const twice = levels.find((level, i) => levels.indexOf(level) !== i)
  if (twice !== undefined) throw new DesignMistake(`--vary ${text} has ${twice} twice`)
  return {levels, scale: 'list', at: share => levels[Math.floor(share * levels.length)]!}
}

/** Parts between commas that stand in no brackets. */
function listed(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const sign of text) {
    if ('{['.includes(sign)) depth++
    if ('}]'.includes(sign)) depth--
    if (sign === ',' && depth <= 0) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts.map(part => part.trim())
}
