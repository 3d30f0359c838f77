import type {ReadyRun} from '../../desk/run.ts'
import {sign} from '../../draw/lanes.ts'
import {families, familyNames} from '../../recording/family.ts'
import type {Look} from '../../recording/look.ts'
import {type Sample, sample} from '../pane/legend.ts'
import {paintFace} from './paint.ts'

const look = (text: string, processes: Look['processes'], rotation: Look['rotation'] = 'in'): Sample => ({
  text,
  paint: brush => paintFace(brush, {powered: true, processes, rotation}, {x: 0, y: 0, ...sample}),
})

const looks: readonly Sample[] = [
  look('serving', ['serving']),
  look('draining', ['draining']),
  look('old above, fresh below', ['draining', 'serving']),
  look('booting', ['booting']),
  look('out of rotation', ['serving'], 'out'),
  look('stalled', ['stalled']),
  look('down', []),
  {
    text: 'connections',
    paint: ({context, palette}) => {
      context.strokeStyle = palette.ink
      context.stroke(new Path2D('M0 11 L8 3 L16 5 L22 9 L30 2'))
    },
  },
]

/** The legend of host lanes: of disruptions it has those kinds that there are in any run. */
export const samplesFor = (runs: readonly ReadyRun[]): readonly Sample[] => [
  ...looks,
  ...families.flatMap((family, i): readonly Sample[] => {
    if (!runs.some(({tally}) => tally.times(i).length > 0)) return []
    const paint: Sample['paint'] = brush => sign(brush, family, sample.width / 2, sample.height / 2, 13)
    return [{text: familyNames[family], paint}]
  }),
]
