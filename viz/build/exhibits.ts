import {readdirSync, readFileSync} from 'node:fs'
import {suits, usualWays} from '../../sim/comparison.ts'
import {parseScenario} from '../../sim/scenario/parse.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {known} from '../../sim/strategies/index.ts'
import type {Exhibit} from '../views/gallery/exhibit.ts'

/** The shipped scenarios for the gallery; run when the page is built, so that it need not parse them all. */
export function exhibitsIn(folder: string): Exhibit[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'))
  return files
    .toSorted(first('edge-release.yaml'))
    .map(file => exhibitOf(file.slice(0, -'.yaml'.length), readFileSync(`${folder}/${file}`, 'utf8')))
}

/** In order of their names, but one first: where everybody begins. */
const first = (file: string) => (a: string, b: string) => Number(b === file) - Number(a === file) || (a < b ? -1 : 1)

function exhibitOf(name: string, text: string): Exhibit {
  const checked = parseScenario(text, {file: `${name}.yaml`, name, strategies: known})
  if ('errors' in checked) throw new Error(`${name}.yaml is not right: ${JSON.stringify(checked.errors[0])}`)
  const {scenario} = checked
  return {
    ...{name, title: scenario.title, question: scenario.question, room: roomOf(name, scenario)},
    usual: usualWays(scenario).map(({label}) => label),
    ...(scenario.releases[0] && {own: scenario.releases[0].strategy}),
    choices: known.filter(it => suits(it, scenario)).map(it => it.name),
  }
}

/** Rooms in the order in which one goes through them. */
const rooms: readonly (readonly [name: string, holds: (name: string, scenario: Scenario) => boolean])[] = [
  ['Against real proxies', name => /^(haproxy|nginx)-|^rolling-soft-stop|^backlog$/.test(name)],
  ['QUIC and UDP', (name, {world}) => /^udp-|^takeover-/.test(name) || everyKind(world.traffic, 'quic')],
  ['MQTT and brokers', (_, {world}) => Object.values(world.traffic).some(it => it.kind === 'mqtt')],
  ['Uploads and replay', name => /379|replay|^app-release/.test(name)],
  ['Holding requests', name => /^hold-|^kamal-/.test(name)],
  ['Stores', (_, {world}) => hasTier(world.tiers, 'store')],
  ['Schema changes', (_, {world}) => hasTier(world.tiers, 'database')],
  ['Around a release', name => /^(skewed-tab|long-jobs|grpc-max-age|cold-jvm|nlb-120s|keepalive-race)$/.test(name)],
  ['The balancer in front', name => /^l4-|^reals-|^dead-host|^two-pops/.test(name)],
]

const everyKind = (traffic: Scenario['world']['traffic'], kind: string): boolean =>
  Object.values(traffic).every(it => it.kind === kind)

const hasTier = (tiers: Scenario['world']['tiers'], kind: string): boolean =>
  Object.values(tiers).some(tier => tier.kind === kind)

const roomOf = (name: string, scenario: Scenario): string =>
  rooms.find(([, holds]) => holds(name, scenario))?.[0] ?? 'Releases'
