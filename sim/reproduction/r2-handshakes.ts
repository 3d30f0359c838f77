import type {Observed} from './observed.ts'
import {target} from './target.ts'

/** Minutes before the release. */
const before = 0.5

/** Share of the brokers' cores, in %, that the worst bucket takes above what is usual. */
function extra(run: Observed): number {
  const idle = run.series('broker.idle')
  const usual = idle.slice(0, Math.round(before / run.width))
  return 100 * (usual.reduce((sum, share) => sum + share, 0) / usual.length - Math.min(...idle))
}

export const r2 = target({
  id: 'R2',
  title: 'CPU of the app cluster spent on rebuilding connections',
  published: {says: 'as much as 20 %', standing: 'seen', source: 'introduction of the paper, by a reading list'},
  strength: 'A',
  arms: {
    one: {scenario: 'handshake-storm', strategy: 'hard-restart'},
    two: {scenario: 'handshake-storm', strategy: 'hard-restart', set: ['release.origin.options.batch=2']},
    reuse: {scenario: 'handshake-storm', strategy: 'downstream-connection-reuse'},
  },
  read({one, two, reuse}) {
    const busy = (run: Observed) =>
      run.curve(
        run.series('broker.idle').map(idle => 1 - idle),
        100,
      )
    return {
      numbers: {one: extra(one), rise: extra(two) / extra(one), reuse: extra(reuse)},
      curves: {one: busy(one), two: busy(two), reuse: busy(reuse)},
    }
  },
  claims: [
    {
      about: 'extra CPU of brokers, 10 % of the Origin restarted',
      number: 'one',
      unit: '%',
      digits: 1,
      published: 20,
      atLeast: 15,
      atMost: 25,
    },
    {
      about: 'extra CPU with 20 % restarted over that with 10 %',
      number: 'rise',
      unit: '×',
      digits: 2,
      atLeast: 1.5,
      strength: 'B',
    },
    {about: 'extra CPU, tunnels moved', number: 'reuse', unit: '%', digits: 2, atMost: 2},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Cores of the brokers',
      caption: 'Clients whose tunnels broke all come back within ten seconds; tunnels that move cost next to nothing.',
      x: {label: 'time, minutes'},
      y: {label: 'busy, %', from: 0},
      lines: [
        {label: '20 % restarted', curve: 'two'},
        {label: '10 % restarted', curve: 'one'},
        {label: '10 %, tunnels moved', curve: 'reuse'},
      ],
      marks: [{at: before, label: 'release'}],
    },
  ],
  remark:
    'The 4 ms of core time that a broker spends on a CONNECT are fitted here, and held fixed in R3, R4 and R6; that 10 % of the Origin cause it is recalled.',
})
