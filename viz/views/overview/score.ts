import {count, percent} from '../../../sim/words/figures.ts'
import {lossWords} from '../../../sim/words/losses.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {signs} from '../../draw/palette.ts'
import {families, familyNames} from '../../recording/family.ts'
import {momentAt} from '../topology/gauges.ts'
import {occurring, releasedTiers, soFar, standingOf, totalOf, totalWords, unfinished} from './standing.ts'

/** How a run stands at the clock's time: what it has cost so far, how much of the fleet works, how far the release is. */
export function score(desk: Desk, run: ReadyRun): HTMLElement {
  const now = h('strong', {class: 'so-far'})
  const {total, share} = totalWords(run)
  const of = h('span', {class: 'of'}, h('b', {}, 'disrupted so far'), h('br'), total, h('span', {class: 'word'}, share))
  const kinds = h('div', {class: 'kinds'})
  const late = unfinished(run)
  const tiers = releasedTiers(run).map(tier => tierRow(run, tier))
  const element = h(
    'div',
    {class: 'score'},
    h('p', {class: 'count'}, now, of),
    late.length > 0 && warning(`The release of ${late.join(' and ')} is not through when the run ends.`),
    ...(run.report ? lossWords(run.report) : []).map(it => warning(`${it} by the end.`)),
    kinds,
    h('div', {class: 'tiers'}, head(), ...tiers.map(({row}) => row)),
  )
  let told = kindRows(run, [])
  let [lastSum, lastMoment] = [-1, -1]
  drawn(element, [desk.runs], () => {
    told = kindRows(run, desk.ready)
    kinds.replaceChildren(told.bar, told.list)
    told.tell(desk.clock.time.value)
  })
  drawn(element, [desk.clock.time], () => {
    const time = desk.clock.time.value
    const sum = soFar(run, time)
    if (sum !== lastSum) say(now, count(sum))
    lastSum = sum
    told.tell(time)
    const moment = momentAt(run.recording, time)
    if (moment !== lastMoment) for (const {tell} of tiers) tell(time)
    lastMoment = moment
  })
  return element
}

const warning = (text: string) => h('p', {class: 'warning'}, `⚠ ${text}`)

/** What went wrong, by family: as a bar that is as long in all cards for as many, and in numbers. */
function kindRows(run: ReadyRun, all: readonly ReadyRun[]) {
  const most = Math.max(1, ...all.map(totalOf))
  const shown = occurring(all)
  const parts = shown.map(family => h('span', {class: families[family]}))
  const counts = shown.map(() => h('b', {}))
  const items = shown.map((family, i) => {
    const sign = h('span', {class: `sign ${families[family]}`, 'aria-hidden': 'true'}, signs[families[family]!])
    const [name = '', ...rest] = familyNames[families[family]!].split(/(?= at )/)
    return h('li', {}, sign, counts[i]!, ` ${name}`, h('span', {class: 'word'}, ...rest))
  })
  const last = new Float64Array(shown.length).fill(-1)
  const tell = (time: number) =>
    shown.forEach((family, i) => {
      const value = run.tally.ofFamily(family, -1, time)
      if (value === last[i]) return
      last[i] = value
      parts[i]!.style.width = `${(100 * value) / most}%`
      say(counts[i]!, count(value))
      items[i]!.classList.toggle('none', value === 0)
    })
  return {
    bar: h('div', {class: 'bar', 'aria-hidden': 'true'}, ...parts),
    list: h('ul', {class: 'families'}, ...items),
    tell,
  }
}

/** What the columns are, where there is no room to say it in each row. */
const head = () => h('div', {class: 'tier head'}, h('span', {}), h('span', {}, 'capacity'), h('span', {}, 'new'))

/** A released tier: its capacity, and its hosts with the new version. */
function tierRow(run: ReadyRun, tier: string) {
  const capacity = meter('capacity', 'capacity ')
  const release = meter('release', 'new: ')
  const row = h('div', {class: 'tier'}, h('span', {class: 'tier-name'}, tier), capacity.element, release.element)
  const tell = (time: number) => {
    const standing = standingOf(run, tier, time)
    capacity.tell(standing.capacity ?? 1, `${percent(standing.capacity ?? 1, 0)}\u00a0%`)
    const {fresh, hosts, isHalted} = standing
    release.tell(fresh / Math.max(1, hosts), `${fresh} of ${hosts}${isHalted ? ', called off' : ''}`)
  }
  return {row, tell}
}

/** Words over a thin bar that says the same. */
function meter(kind: string, label: string) {
  const filled = h('i', {})
  const words = h('span', {})
  let last = -1
  const tell = (share: number, text: string) => {
    if (share !== last) filled.style.width = `${100 * Math.min(1, share)}%`
    last = share
    say(words, text)
  }
  const track = h('span', {class: 'track'}, filled)
  return {element: h('span', {class: `meter ${kind}`}, h('span', {class: 'word'}, label), words, track), tell}
}
