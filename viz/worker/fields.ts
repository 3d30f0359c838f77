import type {OptionOutline, StrategyOutline} from './outline.ts'

/** A common number of a scenario that the form shows: where it stands, and what stands there. */
export interface FieldOutline {
  /** As `--set` has it: `release.edge.options.drainTimeout`. */
  readonly path: string
  /** Whose it is: `Release of edge`. */
  readonly group: string
  readonly label: string
  /** As a file says it; what the file leaves out has its default. */
  readonly value: string
  readonly about?: string
  /** Seldom changed: the file leaves it out. */
  readonly isRare?: true
  /** All that it can be, where that is a list of words. */
  readonly choices?: readonly string[]
}

type Plain = Readonly<Record<string, unknown>>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (root: unknown, ...steps: readonly string[]): unknown =>
  steps.reduce<unknown>((value, step) => (isPlain(value) ? value[step] : undefined), root)

/** What the form shows of a scenario, given as the plain data of its file. */
export function fieldsOf(root: unknown, choices: readonly StrategyOutline[]): readonly FieldOutline[] {
  return [
    ...releaseFields(root, choices),
    ...entries(at(root, 'traffic')).flatMap(([name, workload]) => trafficFields(name, workload)),
    ...entries(at(root, 'tiers')).flatMap(([name, tier]) => tierFields(name, tier)),
    ...given('The run', '', root, [['end', 'ends at']]),
  ]
}

const entries = (map: unknown): readonly [string, unknown][] => (isPlain(map) ? Object.entries(map) : [])

function releaseFields(root: unknown, choices: readonly StrategyOutline[]): readonly FieldOutline[] {
  return entries(at(root, 'release')).flatMap(([tier, release]) => {
    const group = `Release of ${tier}`
    const path = `release.${tier}.`
    const strategy = flow(at(release, 'strategy'))
    const options = Object.entries(choices.find(({name}) => name === strategy)?.options ?? {})
    return [
      {path: `${path}strategy`, group, label: 'strategy', value: strategy, choices: choices.map(({name}) => name)},
      ...given(group, path, release, [['at', 'begins at']]),
      ...options
        .map(([name, option]) => optionField(group, path, name, option, flow(at(release, 'options', name))))
        .toSorted((a, b) => rank(a) - rank(b)),
    ]
  })
}

/** Those that are asked for most come first, then what the file sets. */
const common = ['drainTimeout', 'batch']

function optionField(group: string, path: string, name: string, option: OptionOutline, own: string): FieldOutline {
  const {value, ...told} = option
  const isRare = own === '' && !common.includes(name)
  return {
    path: `${path}options.${name}`,
    group,
    label: spaced(name),
    value: own || value,
    ...told,
    ...(isRare && {isRare}),
  }
}

function rank({path, isRare}: FieldOutline): number {
  const place = common.findIndex(name => path.endsWith(`.${name}`))
  return place >= 0 ? place : isRare ? common.length + 1 : common.length
}

function trafficFields(name: string, workload: unknown): readonly FieldOutline[] {
  const path = `traffic.${name}.`
  const comesBack = at(workload, 'kind') === 'websocket' || at(workload, 'reconnect') !== undefined
  return [
    ...given(`Traffic: ${name}`, path, workload, [
      ['rate', 'rate'],
      ['connections', 'connections'],
      ['lifetime', 'a connection lives'],
      ['duration', 'an upload takes'],
      ['service', 'service time'],
      ['message', 'a message every'],
      ['timeout', 'gives up after'],
    ]),
    ...(comesBack ? reconnectFields(`Traffic: ${name}`, path, at(workload, 'reconnect')) : []),
  ]
}

function reconnectFields(group: string, path: string, reconnect: unknown): readonly FieldOutline[] {
  return [
    {
      path: `${path}reconnect.base`,
      group,
      label: 'comes back after',
      value: flow(at(reconnect, 'base')) || '1s',
    },
    {
      path: `${path}reconnect.jitter`,
      group,
      label: 'jitter of that',
      value: flow(at(reconnect, 'jitter')) || 'full',
      choices: ['none', 'equal', 'full', 'decorrelated'],
    },
  ]
}

function tierFields(name: string, tier: unknown): readonly FieldOutline[] {
  const path = `tiers.${name}.`
  const group = `Tier: ${name}`
  const probe = at(tier, 'behind', 'l4lb', 'probe')
  return [
    ...given(group, path, tier, [
      ['hosts', 'hosts'],
      ['cores', 'cores of a host'],
      ['boot', 'boots in'],
      ['backlog', 'backlog'],
      ['keepAlive', 'keeps idle for'],
    ]),
    ...given(group, `${path}behind.l4lb.probe.`, probe, [
      ['interval', 'probed every'],
      ['fall', 'out after failures'],
    ]),
  ]
}

/** Fields for those keys that a map has. */
function given(
  group: string,
  path: string,
  map: unknown,
  labels: readonly (readonly [key: string, label: string])[],
): readonly FieldOutline[] {
  return labels.flatMap(([key, label]) => {
    const value = at(map, key)
    return value === undefined ? [] : [{path: path + key, group, label, value: flow(value)}]
  })
}

/** `drainTimeout` as people read it: drain timeout. */
const spaced = (name: string): string => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

/** Plain data as YAML on one line; nothing of nothing. */
function flow(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (isPlain(value))
    return `{${Object.entries(value)
      .map(([key, it]) => `${key}: ${flow(it)}`)
      .join(', ')}}`
  return String(value)
}
