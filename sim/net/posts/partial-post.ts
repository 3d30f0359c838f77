/**
 * The wire rules of Partial POST Replay (draft-frindell-httpbis-partial-post-replay-00; Zero Downtime Release, 4.3).
 *
 * A server that has to go answers a POST whose body is not complete with a 379. The answer's body is what it has of the
 * request's, and each header `X: v` of the request comes back as `Echo-X: v`, so that the proxy, which kept nothing, can
 * build the request anew.
 */
export type Headers = readonly (readonly [name: string, value: string])[]

/** A status alone proves nothing: a buggy server may send any. The message has to be there as well. */
export const partialPost = {status: 379, message: 'Partial POST Replay'} as const

export interface Answer {
  readonly status: number
  readonly message: string
  readonly headers: Headers
}

export const isPartialPost = ({status, message}: Answer): boolean =>
  status === partialPost.status && message === partialPost.message

/**
 * What a server answers to `request`. It tells no length, for more of the body may be in flight; the connection ends with
 * it. A pseudo-header `:path` comes back as `Pseudo-Echo-path`.
 */
export const handedBack = (request: Headers): Answer => ({
  ...partialPost,
  headers: [['Transfer-Encoding', 'chunked'], ['Connection', 'close'], ...request.map(echo)],
})

const echo = ([name, value]: Headers[number]): Headers[number] =>
  name.startsWith(':') ? [`Pseudo-Echo-${name.slice(1)}`, value] : [`Echo-${name}`, value]

/** The request that an answer's echoes stand for; whatever is no echo is the answer's own. */
export const rebuilt = ({headers}: Answer): Headers =>
  headers.flatMap(([name, value]): Headers => {
    if (name.startsWith('Pseudo-Echo-')) return [[`:${name.slice('Pseudo-Echo-'.length)}`, value]]
    return name.startsWith('Echo-') ? [[name.slice('Echo-'.length), value]] : []
  })

const mark = ['Partial-Post-Replay', '1'] as const

/** The request as a proxy sends it once more, with one mark more. */
export const replayOf = (answer: Answer): Headers => [...rebuilt(answer), mark]

/** How often a request has been replayed: proxies count the marks that come back to guard against loops. */
export const replaysOf = (request: Headers): number => request.filter(([name]) => name === mark[0]).length

/** Bytes of headers in HTTP/1.1: name, colon, space, value, CRLF. */
export const bytesOf = (headers: Headers): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)

/** Bytes that chunked framing adds to a body: of each chunk its size in hexadecimal and two CRLFs, and the last, empty one. */
export function framing(bytes: number, chunk: number): number {
  const whole = Math.floor(bytes / chunk)
  const rest = bytes - whole * chunk
  return whole * sizeLine(chunk) + (rest > 0 ? sizeLine(rest) : 0) + '0\r\n\r\n'.length
}

const sizeLine = (bytes: number): number => bytes.toString(16).length + 4

/**
 * What is left of the chunk that a body was cut in after so many bytes; 0 between two. Whoever sends the rest has to put
 * it in a chunk of its own.
 */
export const leftOfChunk = (bytes: number, chunk: number): number => (chunk - (bytes % chunk)) % chunk

/** The headers of a POST, some 800 bytes of them, which is our choice. */
export const headersOf = (size: number, chunk: number | undefined): Headers => [
  [':method', 'POST'],
  [':path', '/upload'],
  ['Host', 'www.example.org'],
  ['User-Agent', 'u'.repeat(110)],
  ['Accept', 'application/json, text/plain, */*'],
  ['Cookie', 'c'.repeat(500)],
  chunk === undefined ? ['Content-Length', String(size)] : ['Transfer-Encoding', 'chunked'],
]
