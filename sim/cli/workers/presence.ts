import {randomUUID} from 'node:crypto'
import type {Redis} from 'ioredis'
import {version} from '../../trace/version.ts'

/** A process that works at a Redis. */
export interface Participant {
  readonly role: 'worker' | 'sweep'
  readonly version: string
  /** Of a worker. */
  readonly threads: number
}

const pulse = 5_000
/** Seconds without a pulse after which somebody is gone. */
const patience = 15
const key = '{zdr}:present'

/** Who is at a Redis. Each says so again and again, by the clock of Redis, so that one that was killed is soon forgotten. */
export class Presence {
  readonly #client: Redis
  readonly #me: string
  readonly #timer: NodeJS.Timeout

  /** `seen` is told who is there, oneself included, now and with each pulse. */
  constructor(client: Redis, me: Omit<Participant, 'version'>, seen: (all: readonly Participant[]) => void) {
    this.#client = client
    this.#me = JSON.stringify({...me, version, id: randomUUID()})
    // What Redis refuses shows in the work itself.
    const pulseOnce = () => void this.#pulse().then(seen, () => {})
    this.#timer = setInterval(pulseOnce, pulse)
    pulseOnce()
  }

  async #pulse(): Promise<readonly Participant[]> {
    const now = await timeOf(this.#client)
    await this.#client.zadd(key, now + patience, this.#me)
    return present(this.#client)
  }

  /** Says no more. */
  stop(): void {
    clearInterval(this.#timer)
  }

  async leave(): Promise<void> {
    this.stop()
    await this.#client.zrem(key, this.#me)
  }
}

/** All who are at a Redis. */
export async function present(client: Redis): Promise<readonly Participant[]> {
  const now = await timeOf(client)
  await client.zremrangebyscore(key, '-inf', String(now))
  return (await client.zrange(key, '0', '-1')).flatMap(participantIn)
}

const timeOf = async (client: Redis): Promise<number> => Number((await client.time())[0])

/** What nobody of us wrote is nobody. */
function participantIn(text: string): Participant[] {
  try {
    const {role, version, threads} = JSON.parse(text)
    const isOne = (role === 'worker' || role === 'sweep') && typeof version === 'string' && Number.isInteger(threads)
    return isOne ? [{role, version, threads}] : []
  } catch {
    return []
  }
}
