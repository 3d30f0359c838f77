import type {Time} from '../engine/time.ts'
import type {ControlEvent} from '../net/events.ts'
import {Hosts, lateHosts} from './hosts.ts'
import type {Trace} from './trace.ts'
import type {ReleaseState, WorldState} from './world-state.ts'

/** A release of which nothing is known. */
const idle = {state: 'started', batch: []} as const

/** A state on its way from one step to the next, and how far in the trace it has come. */
export class Frame {
  /** When the last step was. */
  at: Time = 0
  private readonly trace: Trace
  private events = 0
  private disrupted = 0
  private readonly hosts: Hosts
  private releases: Record<string, ReleaseState> = {}
  /** Of workload w with cause c, at w × causes + c. */
  private counts: Float64Array

  constructor(trace: Trace, hosts = new Hosts(trace.actors, lateHosts(trace.events))) {
    this.trace = trace
    this.hosts = hosts
    this.counts = new Float64Array(trace.workloads.length * trace.causes.length)
  }

  copy(): Frame {
    const copy = new Frame(this.trace, this.hosts.copy())
    copy.at = this.at
    copy.events = this.events
    copy.disrupted = this.disrupted
    copy.releases = {...this.releases}
    copy.counts = this.counts.slice()
    return copy
  }

  /** Takes the next step, if it is not after `limit`. False if there is none. */
  step(limit: Time): boolean {
    const {events, disruptions} = this.trace
    const event = events[this.events]
    const disruption = disruptions.at[this.disrupted] ?? Infinity
    const at = Math.min(event?.at ?? Infinity, disruption)
    if (at > limit || at === Infinity) return false
    this.at = at
    if (event !== undefined && event.at <= disruption) {
      this.events++
      this.apply(event)
    } else this.count(this.disrupted++)
    return true
  }

  private count(index: number): void {
    const {disruptions, causes} = this.trace
    this.counts[disruptions.workload[index]! * causes.length + disruptions.cause[index]!]!++
  }

  private apply(event: ControlEvent): void {
    if (event.kind === 'release')
      this.releases[event.tier] = {batch: [], ...this.releases[event.tier], state: event.state}
    else if (event.kind === 'batch')
      this.releases[event.tier] = {state: 'started', ...this.releases[event.tier], batch: event.hosts}
    else if (event.kind === 'halt') this.releases[event.tier] = {...this.releases[event.tier]!, halted: true}
    else if (event.kind === 'hold') this.releases[event.tier] = {...idle, ...this.releases[event.tier], holds: event.on}
    else this.hosts.apply(event)
  }

  /** Hands out what it is made of: a frame that has been asked for its state is not stepped any further. */
  state(at: Time, {workloads, causes}: Trace): WorldState {
    const countsOf = (workload: number) =>
      causes
        .map((cause, i) => [cause, this.counts[workload * causes.length + i]!] as const)
        .filter(([, count]) => count > 0)
    return {
      at,
      hosts: this.hosts.all(),
      releases: this.releases,
      disruptions: Object.fromEntries(workloads.map(({name}, i) => [name, Object.fromEntries(countsOf(i))])),
    }
  }
}
