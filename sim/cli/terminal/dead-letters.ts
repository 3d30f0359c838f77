import type {DeadLetter} from '../workers/dead-letters.ts'
import {printable} from './style.ts'

/** What was given up, why, and how it is seen again. */
export function drawDeadLetters(letters: readonly DeadLetter[]): string {
  if (letters.length === 0) return 'No run was given up.\n'
  const heading = `${letters.length} ${letters.length === 1 ? 'run was' : 'runs were'} given up:\n`
  return heading + letters.map(drawLetter).join('')
}

const drawLetter = ({error, repeat}: DeadLetter): string =>
  `${printable(error)}\n${repeat === undefined ? '' : `  ${printable(repeat)}\n`}`
