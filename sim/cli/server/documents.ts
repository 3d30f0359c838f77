import {readdirSync, realpathSync, statSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {extname, join, relative, sep} from 'node:path'

/** Something that can be asked for. */
export interface Document {
  /** As the header Content-Type has it. */
  readonly type: string
  /** Its Content-Security-Policy, where that is not the page's. */
  readonly policy?: string
  read(): Promise<Uint8Array>
}

/** Everything that can be asked for, by its path, which begins with a slash. */
export type Documents = ReadonlyMap<string, Document>

/**
 * The files below a folder as they lie there now, and none that a link leads to outside of it. What is asked for later is
 * looked up in this list, so no path that anybody sends is ever a path of the file system.
 */
export function documentsBelow(folder: string): Documents {
  const root = realpathSync(folder)
  const paths = readdirSync(root, {recursive: true, encoding: 'utf8'}).map(name => join(root, name))
  const files = paths.filter(path => isFileWithin(root, path))
  return new Map(files.map(path => [`/${relative(root, path).split(sep).join('/')}`, fileAt(path)]))
}

function isFileWithin(root: string, path: string): boolean {
  const real = realpathOf(path)
  return real?.startsWith(root + sep) === true && statSync(real).isFile()
}

/** A link may lead nowhere. */
function realpathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

const fileAt = (path: string): Document => ({type: typeOf(path), read: () => readFile(path)})

/** What is in memory already, under the name of its file. */
export const documentOf = (name: string, content: string | Uint8Array): Document => ({
  type: typeOf(name),
  read: async () => Buffer.from(content),
})

const typeOf = (name: string): string => types[extname(name).toLowerCase()] ?? 'application/octet-stream'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.gz': 'application/gzip',
  '.yaml': 'text/plain; charset=utf-8',
  '.yml': 'text/plain; charset=utf-8',
  '.csv': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
}
