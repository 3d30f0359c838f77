import {type Condition, conditionOf, type Look, type ProcessLook, unpacked} from '../../recording/look.ts'

/** The look of a host that is not in its tier yet. */
export const absent = -1

/** What a lane shows of a look. */
export interface Face extends Look {
  readonly condition: Condition
  /** For a sentence: `draining and serving`, `serving out of rotation`. */
  readonly words: string
  /** The higher, the more one wants to see it. */
  readonly severity: number
}

const mildest: readonly Condition[] = ['serving', 'out of rotation', 'two processes', 'draining', 'booting', 'down']
/** All that a lane shows of a look lies in these bits; above them is the generation. */
const shown = 0xffff
const known = new Array<Face | undefined>(shown + 1)
const missing = drawnUp(absent)

/** Unpacks each look once, for there are few of them and many bands. */
export function faceOf(look: number): Face {
  if (look === absent) return missing
  const key = look & shown
  const face = known[key] ?? drawnUp(key)
  known[key] = face
  return face
}

function drawnUp(key: number): Face {
  const look = unpacked(key === absent ? 0 : key)
  const condition = conditionOf(look)
  if (key === absent) return {...look, condition, words: 'not in its tier yet', severity: -1}
  return {...look, condition, words: wordsOf(look), severity: mildest.indexOf(condition)}
}

function wordsOf({powered, rotation, processes}: Look): string {
  if (!powered) return 'without power'
  if (processes.length === 0) return 'down'
  const states = counted(processes)
  return rotation === 'in' ? states : `${states} ${rotation === 'out' ? 'out of' : 'partly in'} rotation`
}

/** Oldest first: draining and serving; two draining and serving. */
function counted(processes: readonly ProcessLook[]): string {
  const kinds = [...new Set(processes)]
  const words = kinds.map(kind => {
    const count = processes.filter(it => it === kind).length
    return count === 1 ? kind : `${count === 2 ? 'two' : 'three'} ${kind}`
  })
  return words.join(' and ')
}
