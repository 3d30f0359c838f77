/** A text that unpacks to more than that is no scenario, but a trap. */
const mostBytes = 2 ** 20

/** A text as letters that an address may have: deflated, in base64 with - and _. */
export async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The text that was packed so; undefined if it is damaged, or longer than a scenario may be. It unpacks no more than that. */
export async function unpacked(code: string): Promise<string | undefined> {
  if (code.length > 2 * mostBytes || !/^[\w-]*$/.test(code)) return undefined
  try {
    const bytes = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), it => it.charCodeAt(0))
    return await read(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')))
  } catch {
    return undefined
  }
}

async function read(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})
  const parts: string[] = []
  let size = 0
  for (const reader = stream.getReader(); ; ) {
    const {done, value} = await reader.read()
    if (done) return parts.join('') + decoder.decode()
    size += value.length
    if (size > mostBytes) {
      await reader.cancel()
      return undefined
    }
    parts.push(decoder.decode(value, {stream: true}))
  }
}
