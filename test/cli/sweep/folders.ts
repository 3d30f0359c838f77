import {createHash} from 'node:crypto'
import type {Row} from '../../../sim/experiment/row.ts'

/** An address of something, and a row for it. */
export const address = (name: string | number): string => createHash('sha256').update(String(name)).digest('hex')
export const row = (value: number): Row => ({numbers: {value}, strategies: {edge: 'mine'}, warnings: []})
