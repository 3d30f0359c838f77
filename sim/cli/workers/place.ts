import {UserError} from '../user-error.ts'

/** Where a Redis is, and who one is to it. */
export interface Place {
  readonly options: {
    readonly host: string
    readonly port: number
    readonly db: number
    readonly username?: string
    readonly password?: string
    readonly tls?: {readonly servername: string}
  }
  /** As messages call it: without user and password. */
  readonly shown: string
}

/**
 * Reads `redis://HOST`, `rediss://USER:PASSWORD@HOST:PORT/DB`. The password may come from REDISCLI_AUTH, as with redis-cli, so
 * that it need not be typed where others see it. Throws a UserError that does not repeat the password.
 */
export function placeOf(typed: string, password = process.env.REDISCLI_AUTH): Place {
  const url = urlOf(typed)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const [username, secret] = [decoded(url.username), decoded(url.password) || password]
  const [port, db] = [Number(url.port || 6379), Number(url.pathname.slice(1))]
  const isSafe = url.protocol === 'rediss:'
  const options = {
    ...{host, port, db},
    ...(username && {username}),
    ...(secret && {password: secret}),
    ...(isSafe && {tls: {servername: /^[\d.]+$|:/.test(host) ? '' : host}}),
  }
  return {options, shown: `${url.protocol}//${url.host}${db === 0 ? '' : `/${db}`}`}
}

function urlOf(typed: string): URL {
  const url = URL.canParse(typed) ? new URL(typed) : undefined
  const isPlace = url && /^rediss?:$/.test(url.protocol) && url.hostname !== '' && /^(\/\d{0,4})?$/.test(url.pathname)
  if (isPlace && url.search === '' && url.hash === '') return url
  throw new UserError(
    '--redis wants redis://HOST:PORT, or rediss://USER:PASSWORD@HOST:PORT/DB for TLS; in a password / ? # @ : % are written as %2F %3F %23 %40 %3A %25',
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new UserError('--redis: in a user or password % is written as %25')
  }
}
