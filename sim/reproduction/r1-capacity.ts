import {target} from './target.ts'

/** Minutes for which a curve lies below what is half way to its minimum. */
function plateau(capacity: readonly number[], width: number): number {
  const half = (1 + Math.min(...capacity)) / 2
  return capacity.filter(share => share < half).length * width
}

export const r1 = target({
  id: 'R1',
  title: 'Cluster capacity while a batch drains and restarts',
  published: {
    says: '100 % falls to 80 % at minute 3, stays there, and is back at minute 23',
    standing: 'seen',
    source: 'plot on a slide of the SIGCOMM 2020 talk',
  },
  strength: 'A',
  arms: {
    drain: {scenario: 'capacity-during-release', strategy: 'graceful-drain'},
    takeover: {scenario: 'capacity-during-release', strategy: 'socket-takeover'},
  },
  read({drain, takeover}) {
    const capacity = drain.series('edge.capacity')
    return {
      numbers: {
        drained: 100 * drain.report.tiers.edge!.capacity.min,
        plateau: plateau(capacity, drain.width),
        taken: 100 * takeover.report.tiers.edge!.capacity.min,
      },
      curves: {
        drain: drain.curve(capacity, 100),
        takeover: takeover.curve(takeover.series('edge.capacity'), 100),
      },
    }
  },
  claims: [
    {
      about: 'lowest, drain and restart',
      number: 'drained',
      unit: '%',
      digits: 1,
      published: 80,
      atLeast: 79,
      atMost: 81,
    },
    {about: 'length of the plateau', number: 'plateau', unit: 'min', digits: 1, published: 20, atLeast: 19, atMost: 21},
    {about: 'lowest, Socket Takeover', number: 'taken', unit: '%', digits: 1, atLeast: 98},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Capacity of the cluster',
      caption: 'Draining takes the whole batch away for the whole drain; Socket Takeover takes nothing away.',
      x: {label: 'time, minutes'},
      y: {label: 'hosts that take new work, %', from: 70, to: 105},
      lines: [
        {label: 'drain and restart', curve: 'drain'},
        {label: 'Socket Takeover', curve: 'takeover'},
      ],
      published: {
        label: 'published (talk)',
        points: [
          [0, 100],
          [2.9, 100],
          [3, 80],
          [12, 80],
          [22, 80],
          [23, 100],
          [26, 100],
        ],
      },
    },
  ],
})
