import type {Told} from '../../story/account.ts'
import {becauseOf, becauseOfLife, type Story} from '../../story/because.ts'
import {clientId} from '../../story/clients.ts'
import {remedyOf} from '../../story/remedy.ts'

/** A client and its story; of nobody where nothing was disrupted. */
export interface Explained {
  readonly id: string
  readonly story: Story
  readonly cause?: string | undefined
  readonly remedy: readonly string[]
}

/** The story of a disruption, by its row. */
export function explained(told: Told, row: number, stays?: number): Explained {
  const {recording} = told
  const {workload, client, cause} = recording.disruptions
  return {
    id: clientId(recording, workload[row]!, client[row]!),
    story: becauseOf(told, row),
    cause: recording.causes[cause[row]!],
    remedy: remedyOf(told, row, stays),
  }
}

/** That of a life to which nothing happened, by its row. */
export function lived(told: Told, row: number): Explained {
  const {workload, client} = told.recording.lives
  return {id: clientId(told.recording, workload[row]!, client[row]!), story: becauseOfLife(told, row), remedy: []}
}

/** For other programs: times are seconds. */
export const explainedAsData = (scenario: string, it: Explained | undefined, losses: readonly string[] = []) => ({
  schema: 'zdr-story/1',
  scenario,
  ...(it === undefined
    ? {client: null, ...(losses.length > 0 && {losses})}
    : {
        client: it.id,
        ...(it.cause !== undefined && {cause: it.cause}),
        title: it.story.title,
        brief: it.story.brief,
        steps: it.story.steps.map(({at, text}) => ({at: at / 1e6, text})),
        remedy: it.remedy,
      }),
})
