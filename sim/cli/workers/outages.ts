import type {Redis} from 'ioredis'
import type {Place} from './place.ts'

/** Says when Redis goes away, and when it is back. */
export function tellOutages(client: Redis, {shown}: Place, tell: (note: string) => void): void {
  let isAway = false
  client.on('close', () => {
    if (!isAway && client.status !== 'end') tell(`Redis at ${shown} is away; the work goes on when it is back`)
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) tell(`Redis at ${shown} is back`)
    isAway = false
  })
}
