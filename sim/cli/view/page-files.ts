import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Embedded, embeddedId} from '../../../viz/embedded.ts'
import {packageFolder} from '../package-folder.ts'
import {type Documents, documentsBelow} from '../server/documents.ts'
import {UserError} from '../user-error.ts'

/** The page, as it is served. */
export const pageDocuments = (): Documents => documentsBelow(built('page'))

/** The page as one file, with what it is to show in it. */
export function pageWith(embedded: Embedded): string {
  const page = readFileSync(built('one-file/page.html'), 'utf8')
  const end = page.lastIndexOf('</body>')
  // No text in the data can end the element that it stands in.
  const data = JSON.stringify(embedded).replaceAll('<', '\\u003c')
  const element = `<script type="application/json" id="${embeddedId}">${data}</script>\n`
  return page.slice(0, end) + element + page.slice(end)
}

function built(what: string): string {
  const path = join(packageFolder, 'dist', what)
  if (existsSync(path)) return path
  throw new UserError('the page has not been built: npm run build does it')
}
