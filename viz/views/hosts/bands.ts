import type {Duration, Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'
import type {Span} from '../../draw/timeline.ts'
import {clockText} from '../../draw/words.ts'
import type {Histories} from '../../recording/histories.ts'
import {absent, faceOf} from './face.ts'

/** A stretch of time over which a host looks the same. */
export interface Band extends Span {
  /** As `packed`; `absent` before the host joined its tier. */
  readonly look: number
}

/**
 * How a host looked over a span, without gaps. What is shorter than `grain` is joined with what follows until both are as
 * long, and looks like the worst of it: a host that is down for a second is seen on the lane of a day.
 */
export function bandsOf(histories: Histories, host: ActorId, {from, to}: Span, grain: Duration = 0): readonly Band[] {
  const bands = new Bands(from)
  let short: number | undefined
  const [first, end] = placesIn(histories, host, {from, to})
  for (let place = first; place < end; place++) {
    const look = lookOf(histories, host, place)
    const until = place + 1 < end ? histories.at[place + 1]! : to
    if (short !== undefined) {
      short = worse(short, look)
      if (until - bands.until < grain) continue
      bands.add(bands.until + grain, short)
      short = undefined
    }
    if (until - bands.until >= grain) bands.add(until, look)
    else if (until > bands.until) short = look
  }
  if (short !== undefined) bands.add(to, short)
  return bands.all
}

/** Bands that follow one another; one that looks like the one before continues it. */
class Bands {
  readonly all: Band[] = []
  until: Time

  constructor(from: Time) {
    this.until = from
  }

  add(to: Time, look: number): void {
    const last = this.all.at(-1)
    if (to <= this.until) return
    if (last?.look === look) this.all[this.all.length - 1] = {...last, to}
    else this.all.push({from: this.until, to, look})
    this.until = to
  }
}

/** The changes of a host that matter in a span: from the last at or before its begin, up to its end. */
function placesIn({first, at, hostOf}: Histories, host: ActorId, {from, to}: Span): readonly [number, number] {
  const k = hostOf[host]!
  const [low, high] = [first[k]!, first[k + 1]!]
  return [Math.max(low, firstAfter(at, from, low, high) - 1), firstAfter(at, to, low, high)]
}

/** A host begins a run with power, unless it joins later. */
function lookOf({first, look, hostOf}: Histories, host: ActorId, place: number): number {
  return place === first[hostOf[host]!] && look[place] === 0 ? absent : look[place]!
}

const worse = (a: number, b: number): number => (faceOf(b).severity > faceOf(a).severity ? b : a)

/** When a host changed, rising; the begin of the run is none of it. */
export function changesOf({first, at, hostOf}: Histories, host: ActorId): Float64Array {
  const k = hostOf[host]!
  return at.subarray(first[k]! + 1, first[k + 1]!)
}

/** When a host was first restarted: it began to drain, or another process than its first came. Infinity if never. */
export function firstRestart(histories: Histories, host: ActorId, end: Time): Time {
  const bands = bandsOf(histories, host, {from: 0, to: end})
  const first = bands.map(({look}) => faceOf(look).processes.length > 0 && look >>> 16).find(it => it !== false)
  const restarted = bands.find(({look}) => {
    const {processes} = faceOf(look)
    return processes.includes('draining') || (processes.length > 0 && look >>> 16 !== first)
  })
  return restarted?.from ?? Number.POSITIVE_INFINITY
}

/** Of what is shorter one wants to know the milliseconds. */
const brief = 10_000_000

/** So many of a host's bands are told in a sentence. */
const mostTold = 6

/** `edge.3: serving until 2:08, draining until 22:08, then serving` */
export function told(name: string, bands: readonly Band[]): string {
  const parts = joined(bands)
  const shown = parts.slice(0, mostTold).map(({words, from, to}, i) => {
    if (i < parts.length - 1) return `${words} until ${clockText(to, to - from < brief ? 1_000 : 1_000_000)}`
    return parts.length === 1 ? `${words} throughout` : `then ${words}`
  })
  const more = parts.length - mostTold
  return `${name}: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
}

/** Bands in words; those that are told alike are one. */
export function joined(bands: readonly Band[]): readonly (Span & {readonly words: string})[] {
  const parts: (Span & {readonly words: string})[] = []
  for (const {from, to, look} of bands) {
    const {words} = faceOf(look)
    const last = parts.at(-1)
    if (last?.words === words) parts[parts.length - 1] = {...last, to}
    else parts.push({from, to, words})
  }
  return parts
}
