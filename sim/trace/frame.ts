import type {Time} from '../engine/time.ts'
import type {ActorId, ControlEvent, ProcessState} from '../net/events.ts'
import type {Trace} from './trace.ts'
import type {HostState, LivingProcess, ReleaseState, WorldState} from './world-state.ts'

type Changing<T> = {-readonly [K in keyof T]: T[K]}
type ChangingHost = Omit<Changing<HostState>, 'processes'> & {processes: Changing<LivingProcess>[]}

/** A state on its way from one step to the next, and how far in the trace it has come. */
export class Frame {
  /** When the last step was. */
  at: Time = 0
  private readonly trace: Trace
  private events = 0
  private disrupted = 0
  private readonly hosts: Map<ActorId, ChangingHost>
  private releases: Record<string, ReleaseState> = {}
  /** Of workload w with cause c, at w × causes + c. */
  private counts: Float64Array

  constructor(trace: Trace, hosts = hostsAtStart(trace)) {
    this.trace = trace
    this.hosts = hosts
    this.counts = new Float64Array(trace.workloads.length * trace.causes.length)
  }

  copy(): Frame {
    const hosts = new Map<ActorId, ChangingHost>()
    for (const [actor, host] of this.hosts)
      hosts.set(actor, {...host, processes: host.processes.map(process => ({...process}))})
    const copy = new Frame(this.trace, hosts)
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
    else if (event.kind === 'batch') this.releases[event.tier] = {state: 'started', batch: event.hosts}
    else if (event.kind === 'rotation') this.host(event.host, {rotation: event.share})
    else if (event.kind === 'pool' && event.joins) this.hosts.set(event.host, hostOf(this.trace, event.host, 0))
    else if (event.kind === 'power') this.host(event.host, {powered: event.on})
    else if (event.kind === 'process') this.processState(event.process, event.state)
    else if (event.kind === 'listen') this.process(event.process, {listening: event.on})
    else if (event.kind === 'health') this.process(event.process, {answersHealthChecks: event.answers})
    else if (event.kind === 'stall') this.process(event.process, {stalled: event.on})
    else if (event.kind === 'sockets') {
      this.process(event.from, {listening: false})
      this.process(event.to, {listening: true})
    }
  }

  private host(actor: ActorId, how: Partial<HostState>): void {
    Object.assign(this.hosts.get(actor)!, how)
  }

  private processState(actor: ActorId, state: ProcessState): void {
    const host = this.hostOf(actor)
    const known = host.processes.find(process => process.actor === actor)
    if (state === 'gone') host.processes = host.processes.filter(process => process !== known)
    else if (known !== undefined) known.state = state
    else {
      const {name} = this.trace.actors[actor]!
      host.processes.push({actor, name, state, listening: false, answersHealthChecks: false, stalled: false})
    }
  }

  private process(actor: ActorId, how: Partial<LivingProcess>): void {
    const process = this.hostOf(actor).processes.find(it => it.actor === actor)
    if (process !== undefined) Object.assign(process, how)
  }

  private hostOf(process: ActorId): ChangingHost {
    return this.hosts.get(this.trace.actors[process]!.of!)!
  }

  /** Hands out what it is made of: a frame that has been asked for its state is not stepped any further. */
  state(at: Time, {workloads, causes}: Trace): WorldState {
    const countsOf = (workload: number) =>
      causes
        .map((cause, i) => [cause, this.counts[workload * causes.length + i]!] as const)
        .filter(([, count]) => count > 0)
    return {
      at,
      hosts: [...this.hosts.values()],
      releases: this.releases,
      disruptions: Object.fromEntries(workloads.map(({name}, i) => [name, Object.fromEntries(countsOf(i))])),
    }
  }
}

function hostsAtStart(trace: Trace): Map<ActorId, ChangingHost> {
  const late = new Set(trace.events.map(event => (event.kind === 'pool' && event.joins ? event.host : -1)))
  const there = [...trace.actors.keys()].filter(actor => trace.actors[actor]!.kind === 'host' && !late.has(actor))
  return new Map(there.map(actor => [actor, hostOf(trace, actor, 1)]))
}

function hostOf({actors}: Trace, actor: ActorId, rotation: number): ChangingHost {
  const {name} = actors[actor]!
  return {actor, name, tier: tierOf(name), powered: true, rotation, processes: []}
}

/** `edge.3` is a host of the tier `edge`. */
const tierOf = (host: string): string => host.slice(0, host.lastIndexOf('.'))
