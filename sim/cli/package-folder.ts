import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

/** Where this package lies, whether it runs from its sources or from what was built of them. */
export const packageFolder = ancestorWith('package.json', dirname(fileURLToPath(import.meta.url)))

function ancestorWith(file: string, folder: string): string {
  return existsSync(join(folder, file)) ? folder : ancestorWith(file, dirname(folder))
}

export const version = (): string => JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version

const ending = '.yaml'
export const shippedFile = (name: string) => join(packageFolder, 'scenarios', name + ending)

/** The names of the scenarios that come with the package. */
export function shippedNames(): string[] {
  const folder = join(packageFolder, 'scenarios')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter(file => file.endsWith(ending))
  return files.map(file => file.slice(0, -ending.length)).sort()
}
