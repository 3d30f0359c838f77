import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {once} from 'node:events'
import {createServer} from 'node:net'
import {Queue} from 'bullmq'
import {onTestFinished} from 'vitest'
import {prefix, queueName} from '../../../sim/cli/workers/runs.ts'
import {folderWith} from '../command.ts'
import {type Circumstances, Running} from './processes.ts'

/** A Redis of one test, at a port and in a folder of its own, behind a password. */
export class RedisServer {
  readonly port: number
  readonly password = randomUUID()
  readonly #words: readonly string[]
  #process: ChildProcess | undefined

  private constructor(port: number, words: readonly string[]) {
    this.port = port
    this.#words = words
    onTestFinished(() => this.kill())
  }

  /** `words` are options of redis-server; by default it keeps nothing. */
  static async start(...words: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), ['--dir', folderWith(), '--save', '', ...words])
    await server.start()
    return server
  }

  /** The same with TLS and nothing else; `certificate` is the file that its clients have to trust. */
  static async startSafe(): Promise<{readonly server: RedisServer; readonly certificate: string}> {
    const folder = folderWith()
    const [key, certificate] = [`${folder}/key.pem`, `${folder}/certificate.pem`]
    const self = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=redis']
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate]
    execFileSync('openssl', [...self, ...names], {stdio: 'ignore'})
    const port = await freePort()
    const tls = ['--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key]
    const server = new RedisServer(port, ['--dir', folder, '--save', '', ...tls, '--tls-auth-clients', 'no'])
    await server.start()
    return {server, certificate}
  }

  get url(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`
  }

  get shown(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    const port = this.#words.includes('--tls-port') ? '0' : String(this.port)
    const words = ['--port', port, '--bind', '127.0.0.1', '--requirepass', this.password, ...this.#words]
    const process = spawn('redis-server', words, {stdio: ['ignore', 'pipe', 'inherit']})
    this.#process = process
    let log = ''
    for await (const part of process.stdout) {
      log += part
      if (log.includes('Ready to accept connections')) break
    }
    if (process.exitCode !== null) throw new Error(`redis-server did not start:\n${log}`)
  }

  async kill(): Promise<void> {
    const process = this.#process
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return
    process.kill('SIGKILL')
    await once(process, 'exit')
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A worker that waits for runs. */
export async function worker(folder: string, {url}: RedisServer, circumstances: Circumstances = {}) {
  const running = new Running(folder, ['worker', '--redis', url, '--threads', '1'], circumstances)
  await running.says('waits for runs at')
  return running
}

/** The queue of a server, for whoever wants to see or to spoil it. */
export function queueOf({port, password}: RedisServer): Queue {
  const queue = new Queue(queueName, {connection: {host: '127.0.0.1', port, password}, prefix})
  queue.on('error', () => {})
  onTestFinished(() => queue.close())
  return queue
}
