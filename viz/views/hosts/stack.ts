import type {ActorId} from '../../../sim/net/events.ts'

/** The hosts of a tier in one run, under a heading. */
export interface Group {
  /** Index of the desk's runs. */
  readonly run: number
  readonly tier: string
  readonly hosts: readonly ActorId[]
  /** Of the heading. */
  readonly head: number
}
export interface StackedGroup extends Group {
  readonly top: number
  /** Where its lanes begin, as one counts all lanes. */
  readonly first: number
}

export const sorts = ['number', 'first restart', 'disruptions'] as const
export type Sort = (typeof sorts)[number]

const [lowest, highest] = [3, 22]
/** Below a group. */
const gap = 8

/** Groups of lanes, one under the other, each as high as there is room for. */
export class Stack {
  readonly groups: readonly StackedGroup[]
  /** Pixels of a lane. */
  readonly lane: number
  readonly count: number
  readonly height: number

  /** `room`: pixels in which all would best be seen at once. */
  constructor(groups: readonly Group[], room: number) {
    this.count = groups.reduce((sum, {hosts}) => sum + hosts.length, 0)
    const heads = groups.reduce((sum, {head}) => sum + head + gap, 0)
    this.lane = Math.max(lowest, Math.min(highest, Math.floor((room - heads) / Math.max(1, this.count))))
    let [top, first] = [0, 0]
    this.groups = groups.map(group => {
      const stacked = {...group, top, first}
      top += group.head + group.hosts.length * this.lane + gap
      first += group.hosts.length
      return stacked
    })
    this.height = top
  }

  groupOf(lane: number): StackedGroup {
    return this.groups.findLast(({first}) => first <= lane)!
  }

  top(lane: number): number {
    const {top, head, first} = this.groupOf(lane)
    return top + head + (lane - first) * this.lane
  }

  /** The lane at a height; -1 between lanes. */
  at(y: number): number {
    const group = this.groups.findLast(({top}) => top <= y)
    const place = group === undefined ? -1 : Math.floor((y - group.top - group.head) / this.lane)
    return group !== undefined && place >= 0 && place < group.hosts.length ? group.first + place : -1
  }
}

/** Hosts by rising keys; what is equal stays in order. */
export function byKey(hosts: readonly ActorId[], key: (host: ActorId) => number): readonly ActorId[] {
  const keyed = hosts.map(host => ({host, key: key(host)}))
  return keyed.sort((a, b) => (a.key === b.key ? 0 : a.key - b.key)).map(({host}) => host)
}
