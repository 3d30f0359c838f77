import type {HostState, LivingProcess} from '../../sim/trace/world-state.ts'

/** What a host looks like at one instant, packed into a number: all that a tile or a lane shows of it. */
export interface Look {
  readonly powered: boolean
  /** Whether nobody, some or all of those who probe it send it new work. */
  readonly rotation: 'out' | 'partly' | 'in'
  /** Processes that live, oldest first, at most three: the oldest, the one before the newest, the newest. */
  readonly processes: readonly ProcessLook[]
  /** How many live. */
  readonly count: number
  /** Number of the newest process that lives, counted from 0; -1 of none. */
  readonly generation: number
}
export type ProcessLook = 'booting' | 'serving' | 'draining' | 'stalled'

/** The one word for a host, as a legend has it. */
export type Condition = 'serving' | 'draining' | 'booting' | 'down' | 'two processes' | 'out of rotation'

const rotations = ['out', 'partly', 'in'] as const
const looks = ['booting', 'serving', 'draining', 'stalled'] as const

/** Bits: 0 power; 1-2 rotation; 3-5, 6-8, 9-11 processes (0: none); 12-15 count; from 16 generation + 1. */
export function packed({powered, rotation, processes}: HostState): number {
  const shown = processes.length <= 3 ? processes : [processes[0]!, ...processes.slice(-2)]
  const rotated = rotation >= 1 ? 2 : rotation > 0 ? 1 : 0
  let states = 0
  for (let i = 0; i < shown.length; i++) states |= (looks.indexOf(lookOf(shown[i]!)) + 1) << (3 + 3 * i)
  const generation = Math.min(0x7ffe, generationOf(processes.at(-1)))
  return Number(powered) | (rotated << 1) | states | (Math.min(15, processes.length) << 12) | ((generation + 1) << 16)
}

const lookOf = ({state, stalled}: LivingProcess): ProcessLook => (stalled ? 'stalled' : state)

/** `edge.3#1` is the second process of its host. */
const generationOf = (process: LivingProcess | undefined): number =>
  process === undefined ? -1 : Number(process.name.slice(process.name.lastIndexOf('#') + 1))

export function unpacked(bits: number): Look {
  const processes = [3, 6, 9].map(at => (bits >> at) & 7).filter(state => state > 0)
  return {
    powered: (bits & 1) === 1,
    rotation: rotations[(bits >> 1) & 3]!,
    processes: processes.map(state => looks[state - 1]!),
    count: (bits >> 12) & 15,
    generation: (bits >>> 16) - 1,
  }
}

export function conditionOf({powered, rotation, processes}: Look): Condition {
  if (!powered || processes.length === 0) return 'down'
  if (processes.length > 1) return 'two processes'
  const [only] = processes
  if (only === 'booting' || only === 'draining') return only
  if (only === 'stalled') return 'down'
  return rotation === 'out' ? 'out of rotation' : 'serving'
}
