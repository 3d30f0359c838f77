import type {Redis} from 'ioredis'
import {UserError} from '../user-error.ts'
import type {Place} from './place.ts'

const patience = 5_000

/**
 * A connection that comes back by itself whenever it is lost, and has commands wait until then. Throws a UserError if there
 * is no Redis that can be talked to now.
 */
export async function connect(place: Place): Promise<Redis> {
  const {Redis} = await import('ioredis')
  await checkAnswer(new Redis({...place.options, lazyConnect: true, retryStrategy: () => null, ...waiting}), place)
  const client = new Redis({...place.options, ...waiting, maxRetriesPerRequest: null, retryStrategy: pause})
  // It comes back; whoever has something to say about that listens to `close` and `ready`.
  client.on('error', () => {})
  return client
}

const waiting = {connectTimeout: patience, keepAlive: 10_000}
const pause = (times: number): number => Math.min(100 * times, 2_000)

async function checkAnswer(client: Redis, place: Place): Promise<void> {
  let cause: unknown
  client.on('error', error => (cause ??= error))
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw new UserError(`no Redis can be used at ${place.shown}: ${problemOf(cause ?? error, place)}`)
  } finally {
    client.disconnect()
  }
}

/** What Redis refuses while it can be reached, as for want of memory or of a right, is told as it says it; all else is thrown on. */
export function refusal(error: unknown, {shown}: Place): unknown {
  const isReply = error instanceof Error && (error.name === 'ReplyError' || /^[A-Z]{3,}\b/.test(error.message))
  return isReply ? new UserError(`Redis at ${shown} says: ${error.message}`) : error
}

const silence = 'there is no answer'

const problems: readonly (readonly [form: RegExp, words: string])[] = [
  [/ECONNREFUSED/, 'the connection is refused'],
  [/ENOTFOUND|EAI_AGAIN/, 'there is no machine of that name'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, silence],
  [/WRONGPASS/, 'the password or the user is wrong'],
  [/NOAUTH/, 'it wants a password, as in redis://:PASSWORD@HOST or in REDISCLI_AUTH'],
  [/EPROTO|wrong version number/i, 'it does not speak TLS; without TLS it is redis://'],
  [
    /CERT|certificate|altnames/i,
    'its certificate is not trusted here; NODE_EXTRA_CA_CERTS names a file of those that are',
  ],
  [/ECONNRESET|Connection is closed/, 'it closes the connection; perhaps it wants TLS, that is rediss://'],
]

function problemOf(error: unknown, {options}: Place): string {
  const {message, code = ''} = error as NodeJS.ErrnoException
  const [, words = message] = problems.find(([form]) => form.test(`${code} ${message}`)) ?? []
  return options.tls && words === silence ? `${words}; perhaps it does not speak TLS, and is redis://` : words
}
