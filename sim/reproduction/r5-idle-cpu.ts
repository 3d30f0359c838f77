import {coarser, mapped, meanBetween, type Observed} from './observed.ts'
import {type Curve, target} from './target.ts'

/** Minutes: the release begins at 3, the batch is out from a little later until after 23. */
const [start, end] = [3, 22]

/** Idle CPU in percent of what it was before the release. */
function idle(run: Observed): Curve {
  const curve = run.curve(run.series('edge.idle'))
  const normal = meanBetween(curve, 0, start)
  return mapped(curve, share => (100 * share) / normal)
}

const loss = (curve: Curve): number => 100 - meanBetween(curve, start, end)
const perMinute = (curve: Curve): Curve => coarser(curve, 6)

const scenario = 'capacity-during-release'
const few = ['release.edge.options.batch=5%']

export const r5 = target({
  id: 'R5',
  title: 'Idle CPU of the cluster during a batch, relative to before',
  published: {
    says: 'HardRestart loses idle CPU in proportion to the batch, Zero Downtime Release about 1 %',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 8',
  },
  strength: 'B',
  arms: {
    drain20: {scenario, strategy: 'graceful-drain'},
    drain5: {scenario, strategy: 'graceful-drain', set: few},
    takeover20: {scenario, strategy: 'socket-takeover'},
    takeover5: {scenario, strategy: 'socket-takeover', set: few},
  },
  read({drain20, drain5, takeover20, takeover5}) {
    const curves = {
      drain20: idle(drain20),
      drain5: idle(drain5),
      takeover20: idle(takeover20),
      takeover5: idle(takeover5),
    }
    return {
      numbers: {
        drain20: loss(curves.drain20),
        drain5: loss(curves.drain5),
        ratio: loss(curves.drain20) / loss(curves.drain5),
        takeover20: loss(curves.takeover20),
        apart: loss(curves.takeover20) - loss(curves.takeover5),
      },
      curves: {
        drain20: perMinute(curves.drain20),
        drain5: perMinute(curves.drain5),
        takeover20: perMinute(curves.takeover20),
        takeover5: perMinute(curves.takeover5),
      },
    }
  },
  claims: [
    {about: 'lost, drain of 20 %', number: 'drain20', unit: '%', digits: 1},
    {about: 'lost, drain of 5 %', number: 'drain5', unit: '%', digits: 1},
    {
      about: 'lost, drain: 20 % over 5 %',
      number: 'ratio',
      unit: '',
      digits: 2,
      published: 4,
      atLeast: 3.6,
      atMost: 4.4,
    },
    {about: 'lost, Socket Takeover of 20 %', number: 'takeover20', unit: '%', digits: 2, published: 1, atMost: 2},
    {about: 'lost, Socket Takeover: 20 % less 5 %', number: 'apart', unit: 'points', digits: 2, atLeast: -1, atMost: 1},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Idle CPU, relative to before the release',
      caption: 'A drain costs four times as much with a batch four times as large; Socket Takeover hardly shows.',
      x: {label: 'time, minutes'},
      y: {label: 'idle CPU, % of before', from: 40, to: 110},
      lines: [
        {label: 'drain, 20 %', curve: 'drain20'},
        {label: 'drain, 5 %', curve: 'drain5'},
        {label: 'Socket Takeover, 20 %', curve: 'takeover20'},
        {label: 'Socket Takeover, 5 %', curve: 'takeover5'},
      ],
      marks: [{at: start, label: 'release'}],
    },
  ],
  remark: 'At 60 % utilisation losing b of the hosts loses b / (1 - 0.6) of the idle CPU: 50 % and 12.5 %.',
})
