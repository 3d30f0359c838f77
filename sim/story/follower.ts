import type {Duration, Time} from '../engine/time.ts'
import {
  type ActorId,
  type Closing,
  type ControlEvent,
  causes,
  type Observer,
  outcomeOf,
  outcomes,
  type PostStep,
  postSteps,
  type TunnelMessage,
  tunnelMessages,
} from '../net/events.ts'
import {nobody} from '../net/observers.ts'
import {isSession} from '../net/options.ts'
import type {World} from '../net/world.ts'
import {type Entry, Ledger, ledgerOf} from '../trace/ledger.ts'
import {inWords} from '../words/figures.ts'
import type {Step, Told} from './account.ts'

const completed = outcomeOf('completed')

type Disruptions = Record<'at' | 'workload' | 'client' | 'process' | 'outcome' | 'cause' | 'took', number[]>
type Lives = Record<'workload' | 'client' | 'process' | 'from' | 'to' | 'outcome', number[]>

/** What a message says to the process that it comes to, and to the client. */
const messages: Readonly<Record<TunnelMessage, readonly [toProcess: string, toClient: string]>> = {
  'reconnect-solicitation': ['is asked to move its tunnel', 'it is asked to come by another connection'],
  're-connect': ['is asked to take its tunnel over', 'it asks for its session'],
  'connect-ack': ['hears that its tunnel has moved', 'its session goes on over the new connection'],
  'connect-refuse': ['hears that there is no session to go on with', 'its session is not known any more'],
}

const posts: Readonly<Record<PostStep, string>> = {
  handedBack: 'its server hands back what it has of the body (379)',
  replayed: 'the body goes out again, to another server',
}

/** Follows one client through a run, with what befell all hosts meanwhile. Of the other clients it keeps two numbers. */
export class Follower implements Observer {
  /** When the user of each disruption would have gone; Infinity: never; NaN of what is not known. */
  readonly stays: Time[] = []
  /** The disrupted clients of the workload whose numbers are next to this one's, for whoever asked for one that is none. */
  readonly near = {before: -Infinity, after: Infinity}
  readonly #workload: number
  readonly #client: number
  readonly #events: Entry[] = []
  readonly #seen: Step[] = []
  readonly #disruptions: Disruptions = {
    at: [],
    workload: [],
    client: [],
    process: [],
    outcome: [],
    cause: [],
    took: [],
  }
  readonly #lives: Lives = {workload: [], client: [], process: [], from: [], to: [], outcome: []}
  /** Row → its life that has not ended. */
  readonly #open = new Map<number, number>()
  #world!: World

  constructor(workload: number, client: number) {
    this.#workload = workload
    this.#client = client
  }

  attach(world: World): void {
    this.#world = world
  }

  control(at: Time, event: ControlEvent): void {
    this.#events.push({at, ...event})
  }

  started(at: Time, workload: number, row: number): void {
    if (!this.#isIts(workload, row)) return
    const {workload: all, client, process, from, to, outcome} = this.#lives
    this.#open.set(row, all.length)
    all.push(workload)
    client.push(this.#client)
    process.push(-1)
    from.push(at)
    to.push(this.#world.options.end)
    outcome.push(-1)
  }

  opened(at: Time, workload: number, row: number, process: ActorId, took: Duration): void {
    if (!this.#isIts(workload, row)) return
    const life = this.#open.get(row)
    if (life !== undefined) this.#lives.process[life] = process
    const waited = took > 0 ? `, ${inWords(took / 1e6)} after it asked` : ''
    if (at > 0) this.#see(at, `${this.#name(process)} has its connection${waited}`)
  }

  closed(at: Time, workload: number, row: number, process: ActorId, how: Closing): void {
    if (how === 'idle' && this.#isIts(workload, row))
      this.#see(at, `${this.#name(process)} closes its idle connection, and no harm is done`)
  }

  message(at: Time, workload: number, row: number, process: ActorId, what: number): void {
    if (!this.#isIts(workload, row)) return
    const [toProcess, toClient] = messages[tunnelMessages[what]!]
    this.#see(at, process < 0 ? toClient : `${this.#name(process)} ${toProcess}`)
  }

  post(at: Time, workload: number, row: number, step: number): void {
    if (this.#isIts(workload, row)) this.#see(at, posts[postSteps[step]!])
  }

  ended(at: Time, workload: number, row: number, ...[process, outcome, cause, took]: Ending): void {
    if (workload !== this.#workload) return
    const client = this.#world.connections.address[row]!
    if (client !== this.#client) {
      if (outcome !== completed) this.#notice(client)
      return
    }
    const life = this.#open.get(row)
    if (life !== undefined) {
      this.#lives.to[life] = at
      this.#lives.process[life] = process
      this.#lives.outcome[life] = outcome
      this.#open.delete(row)
    }
    if (outcome === completed) return
    const columns = this.#disruptions
    Object.entries({at, workload, client, process, outcome, cause, took}).forEach(([name, value]) => {
      columns[name as keyof Disruptions].push(value)
    })
    this.stays.push(this.#staysUntil(workload, row))
  }

  reconnects = nobody.reconnects
  packet = nobody.packet
  published = nobody.published

  /** Its story, once the run is over. */
  told(strategies: Readonly<Record<string, string>>): Told {
    const {actors, options} = this.#world
    const workloads = Object.entries(options.traffic).map(([name, {kind}]) => ({name, kind}))
    const [disruptions, lives] = [this.#disruptions, this.#lives]
    return {
      recording: {actors, workloads, strategies, outcomes, causes, disruptions, lives},
      ledger: new Ledger(ledgerOf(this.#events)),
      seen: this.#seen,
    }
  }

  #isIts(workload: number, row: number): boolean {
    return workload === this.#workload && this.#world.connections.address[row] === this.#client
  }

  #notice(client: number): void {
    if (client < this.#client) this.near.before = Math.max(this.near.before, client)
    else this.near.after = Math.min(this.near.after, client)
  }

  #staysUntil(workload: number, row: number): Time {
    const options = Object.values(this.#world.options.traffic)[workload]!
    return isSession(options) ? this.#world.connections.span[row]! : Number.NaN
  }

  #see(at: Time, text: string): void {
    this.#seen.push({at, text})
  }

  #name(process: ActorId): string {
    return this.#world.actors[process]!.name
  }
}

type Ending = [process: ActorId, outcome: number, cause: number, took: Duration]
