import type {Trace} from '../../sim/trace/trace.ts'
import {mostBytes, readTrace} from '../../sim/trace/verify.ts'

/** The trace in a file, packed or not, or one sentence that says what is wrong with it. */
export async function openTrace(file: Blob): Promise<{readonly trace: Trace} | {readonly problem: string}> {
  const text = await textOf(file)
  return typeof text === 'string' ? readTrace(text) : text
}

async function textOf(file: Blob): Promise<string | {readonly problem: string}> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (first === undefined) return {problem: 'it is empty'}
  const isPacked = first === 0x1f && second === 0x8b
  try {
    return await read(isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream())
  } catch (error) {
    if (error instanceof RangeError) return {problem: error.message}
    return {problem: isPacked ? 'it is cut short, or is no gzip file' : 'it cannot be read'}
  }
}

async function read(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let bytes = 0
  for (const reader = stream.getReader(); ; ) {
    const {done, value} = await reader.read()
    if (done) return parts.join('') + decoder.decode()
    bytes += value.length
    if (bytes > mostBytes) {
      await reader.cancel()
      throw new RangeError(`it holds more than ${mostBytes / 2 ** 20} MiB, which is more than a page can show`)
    }
    parts.push(decoder.decode(value, {stream: true}))
  }
}
