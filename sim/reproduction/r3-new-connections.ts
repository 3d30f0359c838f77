import {between, coarser, mapped, meanBetween, type Observed} from './observed.ts'
import {type Curve, target} from './target.ts'

/** Minutes: the release begins at 31, and by 90 all is over. */
const [from, over] = [31, 90]

/** New connections, 1 being their mean before the release, in the middle of each bucket. */
export function newConnections(run: Observed): Curve {
  const counts = run.curve(run.series('chat.opened'))
  const usual = meanBetween(counts, 0, from - run.width)
  const {at, value} = mapped(counts, count => count / usual)
  return {at: at.map(minute => minute + run.width / 2), value}
}

export const highest = ({value}: Curve): number => Math.max(...value)
export const lowest = ({value}: Curve): number => Math.min(...value)

export const r3 = target({
  id: 'R3',
  title: 'New pub/sub connections around the restart of an Origin',
  published: {
    says: 'up to 1.36 times as many 12.5 minutes after the release, then 0.88 times',
    standing: 'seen',
    source: 'plot on a slide of the SIGCOMM 2020 talk',
  },
  strength: 'A',
  arms: {
    drain: {scenario: 'mqtt-origin-release', strategy: 'graceful-drain'},
    reuse: {scenario: 'mqtt-origin-release', strategy: 'downstream-connection-reuse'},
  },
  read({drain, reuse}) {
    const [drained, reused] = [newConnections(drain), newConnections(reuse)]
    const hump = between(drained, from, over)
    const [peak, trough] = [highest(hump), lowest(hump)]
    const after = between(drained, from + hump.at[hump.value.indexOf(peak)]! - from, over)
    const since = between(coarser(reused, 2), from, Infinity)
    return {
      numbers: {
        peak,
        peakAt: hump.at[hump.value.indexOf(peak)]! - from,
        trough,
        lack: after.value.filter(value => value < 1).length * drain.width,
        recovered: meanBetween(drained, over, Infinity),
        highest: highest(since),
        lowest: lowest(since),
      },
      curves: {drain: drained, reuse: reused},
    }
  },
  claims: [
    {about: 'peak, drained', number: 'peak', unit: '×', digits: 2, published: 1.36, atLeast: 1.25, atMost: 1.5},
    {
      about: 'peak after the release began, drained',
      number: 'peakAt',
      unit: 'min',
      digits: 1,
      published: 12.5,
      atLeast: 8,
      atMost: 15,
    },
    {
      about: 'undershoot, drained',
      number: 'trough',
      unit: '×',
      digits: 2,
      published: 0.88,
      atLeast: 0.85,
      atMost: 0.95,
    },
    {about: 'time below normal after the peak, drained', number: 'lack', unit: 'min', digits: 0, atLeast: 15},
    {
      about: 'an hour after the release, drained',
      number: 'recovered',
      unit: '×',
      digits: 2,
      published: 0.99,
      atLeast: 0.97,
      atMost: 1.03,
    },
    {about: 'highest, tunnels moved', number: 'highest', unit: '×', digits: 2, atMost: 1.05},
    {about: 'lowest, tunnels moved', number: 'lowest', unit: '×', digits: 2, atLeast: 0.95},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'New MQTT connections',
      caption:
        'Clients whose tunnels close come back early, and so are missing later; with tunnels moved nobody comes at all.',
      x: {label: 'time, minutes'},
      y: {label: 'new connections, 1 before the release', from: 0.8, to: 1.5},
      lines: [
        {label: 'drain and restart', curve: 'drain'},
        {label: 'Downstream Connection Reuse', curve: 'reuse'},
      ],
      published: {
        label: 'published (talk)',
        points: [
          [0, 1],
          [10, 0.99],
          [20, 1.03],
          [26, 1.08],
          [31, 1.02],
          [36, 1.15],
          [40, 1.34],
          [43.5, 1.36],
          [48, 1.22],
          [53, 1.02],
          [58, 0.89],
          [62, 0.88],
          [70, 0.92],
          [80, 0.97],
          [89, 0.99],
        ],
      },
      marks: [{at: from, label: 'release'}],
    },
  ],
  remark:
    'Calibrated: how long connections last, how often clients send and how soon they come back is unpublished, and chosen in the scenario so that the area under the hump and its length fit, and undershoot and recovery follow.',
})
