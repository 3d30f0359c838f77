import type {ActorId} from '../../../sim/net/events.ts'
import {count} from '../../../sim/words/figures.ts'
import type {Desk} from '../../desk/desk.ts'
import {isReady, type ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {Signal} from '../../draw/signal.ts'
import type {Span} from '../../draw/timeline.ts'
import {clockText, many} from '../../draw/words.ts'
import {choice, toggle} from '../pane/controls.ts'
import {legend} from '../pane/legend.ts'
import {Pane} from '../pane/pane.ts'
import {arrivals, drawnInSight} from '../pane/sight.ts'
import {table} from '../pane/table.ts'
import {bandsOf, joined} from './bands.ts'
import {nobody} from './broken.ts'
import {type Facts, factsOf} from './facts.ts'
import {headOf} from './heading.ts'
import {HostLanes} from './lanes.ts'
import {samplesFor} from './samples.ts'
import {byKey, type Group, type Sort, Stack, sorts} from './stack.ts'

const every = 'all'

/** What is shown of the hosts. */
class Choices {
  readonly tier = new Signal<string>(every)
  readonly sort = new Signal<Sort>('number')
  readonly allRuns = new Signal(false)
  readonly asTable = new Signal(false)
}

/** A lane for every host: what state it was in, how many connections it had, and what broke on it. */
export function hosts(desk: Desk): HTMLElement {
  const choices = new Choices()
  const {tier, sort, allRuns, asTable} = choices
  const runs = arrivals(desk)
  const said = h('p', {class: 'said'})
  const rows = h('div', {})
  const pane = new Pane(desk, 'Hosts, one lane each')
  const draw = () => {
    const run = desk.focused
    const groups = run === undefined ? [] : groupsOf(desk, run, choices)
    say(said, run === undefined ? 'The run that is looked at is still being simulated.' : sentence(desk, run))
    pane.element.hidden = asTable.value || groups.length === 0
    rows.replaceChildren(...(asTable.value && run !== undefined ? [tableOf(desk, groups)] : []))
    if (pane.element.hidden) return
    pane.show(new HostLanes(desk, new Stack(groups, room()), pane.scale, pane.width))
  }
  const tiers = () => (desk.focused ? [...factsOf(desk.focused).tiers.keys()] : [])
  const element = h(
    'div',
    {class: 'lanes-view'},
    h(
      'div',
      {class: 'controls'},
      choice('Tier', tier, () => [[every, 'all tiers'], ...tiers().map(it => [it, it] as const)], [runs, desk.focus]),
      choice('Sort by', sort, () => sorts.map(it => [it, it])),
      toggle(() => 'All runs', allRuns),
      toggle(() => 'Table', asTable),
    ),
    said,
    pane.element,
    rows,
    legend(() => samplesFor(desk.ready), [runs]),
  )
  drawnInSight(element, [runs, desk.focus, desk.window, tier, sort, allRuns, asTable], draw)
  return element
}

/** The groups that are chosen: tier by tier, and in each the runs, with hosts in the order of the run in focus. */
function groupsOf(desk: Desk, run: ReadyRun, {tier, sort, allRuns}: Choices): readonly Group[] {
  const facts = factsOf(run)
  const runs = desk.runs.value.map((it, index) => ({it, index}))
  const shown = runs.filter(({it, index}) => (allRuns.value ? isReady(it) : index === desk.focus.value))
  const tiers = [...facts.tiers].filter(
    ([name]) => tier.value === every || !facts.tiers.has(tier.value) || name === tier.value,
  )
  return tiers.flatMap(([name, all]) => {
    const hosts = byKey(all, keyOf(facts, sort.value, desk))
    return shown.map(({it, index}) => ({
      run: index,
      tier: name,
      hosts: hosts.filter(host => it.state === 'ready' && it.recording.actors[host]?.kind === 'host'),
      head: headOf(it.state === 'ready' ? factsOf(it).releases.get(name) : undefined),
    }))
  })
}

function keyOf({restarted, broken}: Facts, sort: Sort, {window}: Desk): (host: number) => number {
  const {from, to} = window.value
  if (sort === 'first restart') return host => restarted().get(host) ?? Number.POSITIVE_INFINITY
  return sort === 'disruptions' ? host => -broken.count(host, from, to) : () => 0
}

/** What is said above the lanes: how much broke, and whether it is all to be seen on them. */
function sentence({window}: Desk, run: ReadyRun): string {
  const {from, to} = window.value
  const {total, cap} = run.recording.disruptions
  const unseen = factsOf(run).broken.count(nobody, from, to)
  const parts = [
    `${run.lane.label}: ${many(run.tally.count(from, to), 'disruption')} in sight`,
    ...(unseen > 0 ? [`${count(unseen)} of them on no lane, for no host had accepted them`] : []),
    ...(total > cap ? [`of ${count(total)} in all only the first ${count(cap)} are recorded`] : []),
  ]
  return `${parts.join('; ')}.`
}

/** Most of the screen, so that the lanes of a usual fleet are seen at once. */
const room = (): number => Math.max(320, 0.6 * innerHeight)

function tableOf({window, runs}: Desk, groups: readonly Group[]): HTMLElement {
  const rows = groups.flatMap(({run, hosts}) => {
    const it = runs.value[run]!
    return isReady(it) ? bandRows(it, hosts, window.value) : []
  })
  const caption = 'How each host in sight looked, in the order of the lanes.'
  return table(caption, ['Host', 'Run', 'State', 'From', 'To'], rows.length, k => rows[k]!)
}

function bandRows({recording: {actors, histories, end}, lane}: ReadyRun, hosts: readonly ActorId[], window: Span) {
  return hosts.flatMap(host =>
    joined(bandsOf(histories, host, {from: 0, to: end}))
      .filter(({from, to}) => to > window.from && from < window.to)
      .map(({words, from, to}) => [
        ...[actors[host]!.name, lane.label, words],
        ...[from, to].map(it => clockText(it, 1000)),
      ]),
  )
}
