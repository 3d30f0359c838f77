import {createHash} from 'node:crypto'
import {type Cell, contentOf} from '../../experiment/cell.ts'

/** The same for cells of which the same comes, on any machine: SHA-256 of their content, in hexadecimal digits. */
export const addressOf = (cell: Cell): string => createHash('sha256').update(contentOf(cell)).digest('hex')
