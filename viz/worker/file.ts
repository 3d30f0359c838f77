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
    return await (isPacked ? unpacked(file) : whole(file))
  } catch (error) {
    if (error instanceof RangeError) return {problem: error.message}
    return {problem: isPacked ? 'it is cut short, or is no gzip file' : 'it cannot be read'}
  }
}

/** All at once: to read it in parts takes twice as long. */
async function whole(file: Blob): Promise<string> {
  if (file.size > mostBytes) throw tooLarge()
  return new TextDecoder().decode(await file.arrayBuffer())
}

/** A small file can unpack to a large one, so one looks at each part before the next. */
async function unpacked(file: Blob): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for (const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader(); ; ) {
    const {done, value} = await reader.read()
    if (done) return whole(new Blob(parts))
    parts.push(value)
    bytes += value.length
    if (bytes <= mostBytes) continue
    await reader.cancel()
    throw tooLarge()
  }
}

const tooLarge = () =>
  new RangeError(`it holds more than ${mostBytes / 2 ** 20} MiB, which is more than a page can show`)
