import {once} from 'node:events'
import {createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES} from 'node:http'
import type {AddressInfo} from 'node:net'
import {UserError} from '../user-error.ts'
import {answerTo} from './answer.ts'
import type {Documents} from './documents.ts'

/** Nobody but this machine can reach it. */
const loopback = '127.0.0.1'

/** A server of these documents that listens; at any free port, if it is 0. Throws a UserError if it may not have the port. */
export async function serve(
  documents: Documents,
  port: number,
): Promise<{readonly server: Server; readonly url: string}> {
  const server = createServer((request, response) => void answer(request, response, documents))
  server.listen(port, loopback)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw portProblem(port, error)
  })
  return {server, url: `http://${loopback}:${(server.address() as AddressInfo).port}/`}
}

function portProblem(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE')
    return new UserError(`port ${port} is in use: choose another, or leave --port out for any that is free`)
  if (error.code === 'EACCES') return new UserError(`port ${port} is not for ordinary users: choose one from 1024 on`)
  return error
}

async function answer(request: IncomingMessage, response: ServerResponse, documents: Documents): Promise<void> {
  const {status, headers, document} = answerTo(request, request.socket.localPort ?? 0, documents)
  const body = document === undefined ? refused(status) : await document.read().catch(() => undefined)
  if (body === undefined) response.writeHead(404, {...headers, 'Content-Type': 'text/plain'}).end(refused(404))
  else response.writeHead(status, {...headers, 'Content-Length': body.length}).end(body)
}

const refused = (status: number) => Buffer.from(`${status} ${STATUS_CODES[status]}\n`)
