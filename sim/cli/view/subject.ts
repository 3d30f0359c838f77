import type {Embedded} from '../../../viz/embedded.ts'
import type {Documents} from '../server/documents.ts'

/** What a page is to show: found, read and checked. */
export interface Subject {
  readonly name: string
  /** What stands behind the address of the page, so that it shows this. */
  readonly address: string
  /** What the address names, beside the page. */
  readonly documents: Documents
  /** All of it, for a page that is one file. */
  embedded(): Embedded
}

/** The folder of the page in which lies what was named. No name in it can be that of a file of the page. */
export const given = 'given'

/** A path as a part of an address. */
export const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/')
