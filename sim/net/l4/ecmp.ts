import type {Time} from '../../engine/time.ts'

/** How routers share flows out among those who announce a VIP, and how they did before. */
export class Ecmp {
  private readonly kind: 'modulo' | 'resilient'
  /** The latest last; the first has been for ever. */
  private readonly history: {readonly since: Time; readonly hops: Hops}[]

  /** Among `count` next hops, counted from 0. */
  constructor(kind: 'modulo' | 'resilient', count: number) {
    const all = Array.from({length: count}, (_, hop) => hop)
    this.kind = kind
    this.history = [{since: Number.NEGATIVE_INFINITY, hops: kind === 'modulo' ? all : buckets(all)}]
  }

  /** The next hop of a flow; undefined if there is none. */
  hopOf(hash: number): number | undefined {
    return at(this.history.at(-1)!.hops, hash)
  }

  /** The one that it took then; at the instant of a change that is still the one from before. */
  hopAt(hash: number, time: Time): number | undefined {
    const epoch = this.history.findLast(({since}) => since < time) ?? this.history[0]!
    return at(epoch.hops, hash)
  }

  get everChanged(): boolean {
    return this.history.length > 1
  }

  /** From now on these are the next hops. */
  change(now: Time, members: readonly number[]): void {
    const {hops} = this.history.at(-1)!
    this.history.push({since: now, hops: this.kind === 'modulo' ? members : shared(hops, members)})
  }
}

/** A flow takes the hop that stands at its hash, modulo their number. */
type Hops = readonly number[]

const at = (hops: Hops, hash: number): number | undefined => hops[(hash >>> 8) % hops.length]

const bucketsEach = 64

const buckets = (members: readonly number[]): Hops =>
  Array.from({length: members.length * bucketsEach}, (_, bucket) => members[bucket % members.length]!)

/**
 * A table of buckets of which as few as possible change hands, so that only they and their flows do (Linux: resilient
 * next-hop groups, ip-nexthop(8)). Whoever has more than its share, or is no member any more, gives.
 */
function shared(before: Hops, members: readonly number[]): Hops {
  if (members.length === 0) return before.map(() => nobody)
  const most = Math.ceil(before.length / members.length)
  const counts = new Map(members.map(member => [member, 0]))
  const kept = before.map(owner => {
    const count = counts.get(owner)
    if (count === undefined || count === most) return nobody
    counts.set(owner, count + 1)
    return owner
  })
  return kept.map(owner => {
    if (owner !== nobody) return owner
    const least = members.reduce((a, b) => (counts.get(b)! < counts.get(a)! ? b : a))
    counts.set(least, counts.get(least)! + 1)
    return least
  })
}

const nobody = -1
