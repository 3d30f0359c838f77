import type {Outcome} from '../net/events.ts'
import {firstAfter} from '../trace/ledger.ts'
import type {Account} from './account.ts'

/** Clients of one workload have numbers in a row, and no number serves two (sim/net/client/client.ts). */
const slot = (workloads: number) => Math.floor(2 ** 32 / Math.max(32, workloads))

/** The number of a client among those of its workload, as people read it; of another program's trace its number there. */
export function clientOf({workloads}: Pick<Account, 'workloads'>, workload: number, client: number): number {
  const size = slot(workloads.length)
  const own = client - workload * size
  return own >= 0 && own < size ? own : client
}

/** As `clientOf` tells it, the other way round. */
export const clientNumbered = ({workloads}: Pick<Account, 'workloads'>, workload: number, number: number): number =>
  workload * slot(workloads.length) + number

/** `chat:41`, which is what one types to hear its story. */
export const clientId = (account: Pick<Account, 'workloads'>, workload: number, client: number): string =>
  `${account.workloads[workload]?.name ?? workload}:${clientOf(account, workload, client)}`

/** `client 41 of chat` */
export function clientName(recording: Pick<Account, 'workloads'>, workload: number, client: number): string {
  return `client ${clientOf(recording, workload, client)} of ${recording.workloads[workload]?.name ?? 'another workload'}`
}

/** What is counted of a workload: whoever stays has a session, or an attempt at one that nobody accepted; others ask. */
export function subjectOf({workloads}: Pick<Account, 'workloads'>, workload: number, process = 0): string {
  const kind = workloads[workload]?.kind
  if (isSession({workloads}, workload)) return process < 0 ? 'attempt' : kind === 'quic' ? 'connection' : 'session'
  return kind === 'upload' ? 'upload' : 'request'
}

/** Whether what is counted of a workload lives for long, so that some of it was there before the run. */
export const isSession = ({workloads}: Pick<Account, 'workloads'>, workload: number): boolean =>
  ['websocket', 'mqtt', 'quic'].includes(workloads[workload]?.kind ?? '')

/** What is known of one client in one run, as rows of its disruptions and of its lives in the sample. */
export interface Fate {
  readonly disruptions: readonly number[]
  readonly lives: readonly number[]
}

/** What became of a client. A workload is known by its name, so that it is found in the other runs as well. */
export function fateOf({workloads, disruptions, lives}: Account, workload: string, client: number): Fate {
  const index = workloads.findIndex(({name}) => name === workload)
  const rows = (table: {readonly workload: ArrayLike<number>; readonly client: ArrayLike<number>}) => {
    const found: number[] = []
    for (let row = 0; row < table.client.length; row++)
      if (table.client[row] === client && table.workload[row] === index) found.push(row)
    return found
  }
  return {disruptions: rows(disruptions), lives: rows(lives)}
}

/** The disruption that ended a life of the sample; undefined if none did, or if it was beyond what the trace keeps. */
export function endingOf({outcomes, disruptions, lives}: Account, life: number): number | undefined {
  if (isWell(outcomes[lives.outcome[life]!])) return undefined
  const {at, client, workload} = disruptions
  const to = lives.to[life]!
  for (let row = firstAfter(at, to - 1); at[row] === to; row++)
    if (client[row] === lives.client[life] && workload[row] === lives.workload[life]) return row
  return undefined
}

/** Of a life that is still open, or came to its end. */
export const isWell = (outcome: Outcome | undefined): boolean => outcome === undefined || outcome === 'completed'
