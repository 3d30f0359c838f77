/** What a step up or down makes of a value: along 1, 1.5, 2, 3, 5, 7 and ten times those, in its own unit. */
const stairs = [1, 1.5, 2, 3, 5, 7, 10]

/** The next round value above (1) or below (-1) of `20m`, `60/s`, `20%`, `5`; undefined of what is no single number. */
export function nudged(text: string, direction: 1 | -1): string | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([a-zA-Z%/]*)$/.exec(text.trim()) ?? []
  if (digits === undefined || unit === undefined) return undefined
  const value = Number(digits)
  if (value === 0) return direction === 1 ? `1${unit}` : undefined
  const next = unit === '' ? wholeStep(value, direction) : stair(value, direction)
  return next <= 0 ? undefined : `${Number(next.toPrecision(6))}${unit}`
}

/** What has no unit is counted: up to ten one by one. */
const wholeStep = (value: number, direction: 1 | -1): number =>
  value + direction <= 10 ? value + direction : Math.round(stair(value, direction))

function stair(value: number, direction: 1 | -1): number {
  const scale = 10 ** Math.floor(Math.log10(value))
  const all = [scale / 10, scale, scale * 10].flatMap(it => stairs.map(step => step * it))
  const hair = value * 1e-9
  return direction === 1 ? all.find(it => it > value + hair)! : all.findLast(it => it < value - hair)!
}
