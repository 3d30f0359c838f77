import {expect} from 'vitest'
import {format} from '../../sim/scenario/error.ts'
import {type ParseOptions, parseScenario} from '../../sim/scenario/parse.ts'
import type {StrategyFacts} from '../../sim/scenario/release.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {batch, choice, duration, flag} from '../../sim/strategies/option.ts'

/** Two strategies of which the tests know everything. */
export const strategies: readonly StrategyFacts[] = [
  {
    name: 'swap',
    summary: 'Swap one for the other.',
    suits: ['proxy', 'server'],
    options: {
      batch: batch(0.2, 'hosts at a time'),
      pause: duration(0, 'time between batches'),
      drainTimeout: duration(1_200_000_000, 'longest drain'),
      gate: flag(true, 'whether a batch waits'),
      order: choice('given', ['given', 'random'], 'which come first'),
    },
  },
  {name: 'pull', summary: 'Pull the plug.', suits: ['server'], options: {}},
]

/** The smallest scenario with one of everything. */
export const sample = `\
end: 1h
tiers:
  edge:
    kind: proxy
    hosts: 4
    boot: 8s
    behind: l4lb
    upstream: {to: app}
  app: {kind: server, hosts: 2, boot: 5s}
traffic:
  web: {kind: http, to: app, rate: 10/s, service: 5ms}
  pool: {kind: keep-alive, to: app, connections: 20, rate: 5/s, service: 5ms}
  body: {kind: upload, to: app, rate: 1/s, duration: 40s, service: 5ms}
  chat: {kind: websocket, to: edge, connections: 100}
release:
  edge: {strategy: swap, at: 1m}
faults:
  - {host-dies: edge.3, at: 2m}
expect:
  traffic.web.refused: 0
`

const options: ParseOptions = {file: 'x.yaml', name: 'x', strategies}

export const parse = (text: string, more: Partial<ParseOptions> = {}) => parseScenario(text, {...options, ...more})

/** The scenario; fails the test with the errors if there are any. */
export function accepted(text: string, more: Partial<ParseOptions> = {}): Scenario {
  const result = parse(text, more)
  if ('errors' in result) expect(result.errors.map(format)).toEqual([])
  return (result as {scenario: Scenario}).scenario
}

/** What is wrong, as people see it; none if nothing is. */
export function errorsOf(text: string, more: Partial<ParseOptions> = {}): readonly string[] {
  const result = parse(text, more)
  return 'errors' in result ? result.errors.map(format) : []
}

/** The sample with one text in it replaced by another, which must be there. */
export function but(old: string, fresh: string): string {
  expect(sample).toContain(old)
  return sample.replace(old, () => fresh)
}
