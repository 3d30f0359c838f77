import type {LivingProcess} from '../../../sim/trace/world-state.ts'
import {Canvas} from '../../draw/canvas.ts'
import {h} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {packed} from '../../recording/look.ts'
import {brushes} from './brushes.ts'
import {gaugesFor} from './face.ts'
import {paintHost} from './tile.ts'
import {nightfall} from './topology.ts'

type State = LivingProcess['state']

/** What a host looks like, for each thing that there is to know. */
const samples: readonly (readonly [
  about: string,
  states: readonly State[],
  how?: {in?: 0; level?: number; cpu?: number; version?: 1},
])[] = [
  ['serving', ['serving']],
  ['draining', ['draining']],
  ['two processes, old and new', ['draining', 'serving']],
  ['booting', ['booting']],
  ['out of rotation', ['serving'], {in: 0}],
  ['down', []],
  ['has the new version', ['serving'], {version: 1}],
  ['filled as far as the host is full of connections', ['serving'], {level: 0.45}],
  ['CPU', ['serving'], {cpu: 0.6}],
]
const size = 18

/** What colours, patterns and marks of the hosts in all cards mean. */
export const legend = (): HTMLElement =>
  h(
    'ul',
    {class: 'host-legend', 'aria-label': 'How hosts are drawn'},
    ...samples.map(([about, states, how]) => entry(about, states, how)),
  )

function entry(
  about: string,
  states: readonly State[],
  {level = 1, cpu, version, ...how}: NonNullable<(typeof samples)[number][2]> = {},
): HTMLElement {
  const paint = () => {
    if (canvas.width > 0)
      paintHost(canvas.context, brushes(canvas.context), {x: 1, y: 1, size}, look, gaugesFor(level, cpu, version ?? 0))
  }
  const look = packed({
    actor: 0,
    name: '',
    tier: '',
    powered: true,
    rotation: how.in ?? 1,
    processes: states.map(processOf),
  })
  const canvas = new Canvas(undefined, paint)
  const item = h('li', {}, h('span', {class: 'swatch'}, canvas.element), about)
  drawn(item, [nightfall], paint)
  return item
}

const processOf = (state: State, i: number): LivingProcess => ({
  actor: i,
  name: `#${i}`,
  state,
  listening: true,
  answersHealthChecks: true,
  stalled: false,
})
