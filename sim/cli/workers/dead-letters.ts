import {repeatOf} from '../pool/cell.ts'
import {connect} from './connection.ts'
import type {Place} from './place.ts'
import {cellIn, prefix, queueName, reasonIn} from './runs.ts'

/** A run that was given up. */
export interface DeadLetter {
  readonly error: string
  /** The command that makes the same run; undefined of what is none. */
  readonly repeat: string | undefined
}

/** Runs of this version that were given up, the last one first. Throws a UserError if no Redis can be used there. */
export async function deadLetters(place: Place): Promise<readonly DeadLetter[]> {
  const client = await connect(place)
  const {Queue} = await import('bullmq')
  const queue = new Queue(queueName, {connection: client, prefix})
  try {
    return (await queue.getFailed(0, -1)).map(({data, id, failedReason}) => {
      const cell = cellIn(data, id)
      return {error: reasonIn(failedReason), repeat: cell && repeatOf(cell)}
    })
  } finally {
    await queue.close()
    client.disconnect()
  }
}
