import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {type IncomingHttpHeaders, request} from 'node:http'
import {connect, createServer, type Socket} from 'node:net'
import {networkInterfaces, tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {documentOf, documentsBelow} from '../../sim/cli/server/documents.ts'
import {policy} from '../../sim/cli/server/policy.ts'
import {serve} from '../../sim/cli/server/server.ts'
import {UserError} from '../../sim/cli/user-error.ts'

const top = mkdtempSync(join(tmpdir(), 'zdr-server-'))
const folder = join(top, 'page')
let running: Awaited<ReturnType<typeof serve>>
let port: number

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), {recursive: true})
  writeFileSync(join(top, 'secret.txt'), 'secret')
  mkdirSync(join(top, 'private'))
  writeFileSync(join(top, 'private', 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  for (const name of ['index.js', 'index.css', 'icon.svg', '100%.js'])
    writeFileSync(join(folder, 'assets', name), `/* ${name} */`)
  symlinkSync(join(top, 'secret.txt'), join(folder, 'out.txt'))
  symlinkSync(join(top, 'private'), join(folder, 'out'))
  symlinkSync(join(top, 'nowhere'), join(folder, 'nowhere.txt'))
  symlinkSync(join(folder, 'assets', 'index.js'), join(folder, 'within.js'))
  running = await serve(
    new Map([
      ...documentsBelow(folder),
      ['/given/my run.json.gz', documentOf('my run.json.gz', Uint8Array.of(0x1f, 0x8b))],
    ]),
    0,
  )
  port = Number(new URL(running.url).port)
})

afterAll(() => {
  running.server.close()
  running.server.closeAllConnections()
  rmSync(top, {recursive: true})
})

interface Response {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a path as it stands here: nothing is made neat on the way. */
const ask = (path: string, {method = 'GET', host = `127.0.0.1:${port}`} = {}): Promise<Response> =>
  new Promise((resolve, reject) => {
    const sent = request({host: '127.0.0.1', port, path, method, headers: {host}, agent: false}, response => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', text => {
        body += text
      })
      response.on('end', () => resolve({status: response.statusCode!, headers: response.headers, body}))
    })
    sent.on('error', reject)
    sent.end()
  })

const statusOf = async (path: string, how = {}) => (await ask(path, how)).status

/** The first line that answers to these bytes. */
const sayRaw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.once('data', data => {
      resolve(data.toString().split('\r\n')[0]!)
      socket.destroy()
    })
    socket.on('error', reject)
  })

describe('the server of the page', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/?scenario=given/my.yaml', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/assets/index.js', 'text/javascript; charset=utf-8', '/* index.js */'],
    ['/assets/index.css', 'text/css; charset=utf-8', '/* index.css */'],
    ['/assets/icon.svg', 'image/svg+xml', '/* icon.svg */'],
    ['/assets/100%25.js', 'text/javascript; charset=utf-8', '/* 100%.js */'],
    ['/within.js', 'text/javascript; charset=utf-8', '/* index.js */'],
  ])('gives %s with its type', async (path, type, content) => {
    const {status, headers, body} = await ask(path)
    expect([status, headers['content-type'], body]).toEqual([200, type, content])
    expect(headers['content-length']).toBe(String(content.length))
  })

  test('gives the file that was named as it is, at its own path', async () => {
    const {status, headers} = await ask('/given/my%20run.json.gz')
    expect([status, headers['content-type'], headers['content-length']]).toEqual([200, 'application/gzip', '2'])
    expect(headers['content-encoding']).toBeUndefined()
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/..%00/index.js',
    '/out.txt',
    '/out/secret.txt',
    '/nowhere.txt',
    '/assets',
    '/assets/',
    '//index.html',
    '/assets/../index.html',
    '/given/',
    '/constructor',
    '/__proto__',
  ])('has nothing at %s', async path => {
    const {status, body} = await ask(path)
    expect([status, body]).toEqual([404, '404 Not Found\n'])
  })

  test('takes no path that is not one', async () => {
    expect(await statusOf('/%zz')).toBe(400)
    expect(await sayRaw(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)).toContain(' 400 ')
    expect(await sayRaw(`GET index.html HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)).toContain(' 400 ')
  })

  test('answers only to names of this machine', async () => {
    expect(await statusOf('/', {host: `localhost:${port}`})).toBe(200)
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `0.0.0.0:${port}`,
    ])
      expect([host, await statusOf('/', {host})]).toEqual([host, 403])
    expect(await sayRaw('GET / HTTP/1.1\r\nHost: \r\n\r\n')).toContain(' 403 ')
    expect(await sayRaw('GET / HTTP/1.0\r\n\r\n')).toContain(' 403 ')
  })

  test('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      const {status, headers} = await ask('/', {method})
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD'])
    }
  })

  test('answers HEAD as GET, without the content', async () => {
    const [got, head] = [await ask('/assets/index.js'), await ask('/assets/index.js', {method: 'HEAD'})]
    expect([head.status, head.body]).toEqual([200, ''])
    const steady = ({date, ...headers}: IncomingHttpHeaders) => headers
    expect(steady(head.headers)).toEqual(steady(got.headers))
  })

  test('lets nobody frame, sniff, keep or read from elsewhere what it gives or refuses', async () => {
    for (const path of ['/', '/assets/index.js', '/missing']) {
      const {headers} = await ask(path)
      expect(headers).toMatchObject({
        'content-security-policy': `${policy()}; frame-ancestors 'none'`,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
    expect(policy()).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(policy()).not.toMatch(/unsafe|\*/)
  })

  test('cannot be reached from another machine', async () => {
    expect(running.server.address()).toMatchObject({address: '127.0.0.1'})
    const others = Object.values(networkInterfaces()).flatMap(it => it ?? [])
    const outer = others.find(({internal, family}) => !internal && family === 'IPv4')
    if (outer === undefined) return
    const reached = await new Promise(resolve => {
      const socket = connect(port, outer.address, () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    expect(reached).toBe(false)
  })

  test('says that a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => other.once('listening', resolve))
    const taken = (other.address() as {port: number}).port
    const problem: unknown = await serve(new Map(), taken).catch(error => error)
    other.close()
    expect(problem).toBeInstanceOf(UserError)
    expect(String(problem)).toContain(`port ${taken} is in use`)
  })
})
