import type {IncomingMessage} from 'node:http'
import type {Document, Documents} from './documents.ts'
import {policy} from './policy.ts'

/** What is answered to a request. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly document?: Document
}

/** With every answer, whatever it is. */
const always = {
  'Content-Security-Policy': `${policy()}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/**
 * Only those who call this server by a name of its own machine are answered: a page from elsewhere, whose name was made to
 * lead here (DNS rebinding), calls it by another.
 */
export function answerTo(
  {method = '', url = '', headers}: IncomingMessage,
  port: number,
  documents: Documents,
): Answer {
  if (!hostsOf(port).includes(headers.host ?? '')) return refusal(403)
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, {Allow: 'GET, HEAD'})
  const path = pathOf(url)
  if (path === undefined) return refusal(400)
  const document = documents.get(path === '/' ? '/index.html' : path)
  if (document === undefined) return refusal(404)
  const own = document.policy === undefined ? {} : {'Content-Security-Policy': document.policy}
  return {status: 200, headers: {...always, ...own, 'Content-Type': document.type}, document}
}

const names = ['127.0.0.1', 'localhost']

/** A browser leaves out port 80. */
const hostsOf = (port: number): readonly string[] => [
  ...names.map(name => `${name}:${port}`),
  ...(port === 80 ? names : []),
]

const refusal = (status: number, more = {}): Answer => ({
  status,
  headers: {...always, ...more, 'Content-Type': 'text/plain; charset=utf-8'},
})

/** The path of a request, in letters as they are; undefined if it is none. */
function pathOf(url: string): string | undefined {
  if (!url.startsWith('/')) return undefined
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, ''))
  } catch {
    return undefined
  }
}
