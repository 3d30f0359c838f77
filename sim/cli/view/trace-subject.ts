import {gzipSync} from 'node:zlib'
import {megabyte} from '../input-file.ts'
import {documentOf} from '../server/documents.ts'
import type {TraceFile} from '../trace-file.ts'
import {UserError} from '../user-error.ts'
import {addressOf, given, type Subject} from './subject.ts'

const largest = 64 * megabyte

export const traceSubject = ({name, bytes}: TraceFile): Subject => ({
  name,
  address: `?trace=${addressOf(`${given}/${name}`)}`,
  documents: new Map([[`/${given}/${name}`, documentOf(name, bytes)]]),
  embedded() {
    const packed = bytes[0] === 0x1f ? Buffer.from(bytes) : gzipSync(bytes)
    if (packed.length > largest)
      throw new UserError(
        `${name} is too large for a page that is one file: ${Math.ceil(packed.length / megabyte)} MiB`,
      )
    return {address: '', runs: [{label: name, trace: packed.toString('base64')}]}
  },
})
