import type {Observed} from './observed.ts'
import {coarser, mapped} from './observed.ts'
import {target} from './target.ts'

const scenario = 'release-at-peak'

/** Of all requests of a run those that were not answered in time, in percent. */
const late = ({report: {traffic}}: Observed): number => (100 * traffic.web!.timedOut) / traffic.web!.started

const disrupted = (run: Observed) =>
  coarser(
    mapped(run.curve(run.series('web.disrupted')), count => count / 60),
    2,
  )

export const r12 = target({
  id: 'R12',
  title: 'Releasing at the busiest hour of the day',
  published: {
    says: 'proxies are mostly released between 12:00 and 17:00, at peak; app servers all day round',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 15',
  },
  strength: 'C',
  arms: {
    drain: {scenario},
    quiet: {scenario, set: ['release.edge.at=10m']},
    takeover: {scenario, strategy: 'socket-takeover'},
  },
  read: ({drain, quiet, takeover}) => ({
    numbers: {drain: late(drain), quiet: late(quiet), takeover: late(takeover)},
    curves: {drain: disrupted(drain), quiet: disrupted(quiet), takeover: disrupted(takeover)},
  }),
  claims: [
    {about: 'time-outs, drain at peak', number: 'drain', unit: '%', digits: 2, atLeast: 0.1},
    {about: 'time-outs, drain before the peak', number: 'quiet', unit: '%', digits: 2, atMost: 0.1},
    {about: 'time-outs, Socket Takeover at peak', number: 'takeover', unit: '%', digits: 2, atMost: 0.1},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Requests that are not answered in time',
      caption: 'With 88 % of all cores busy a drain of 20 % leaves too few; Socket Takeover may go out at noon.',
      x: {label: 'time, minutes (busiest at 180)'},
      y: {label: 'time-outs per second', from: 0},
      lines: [
        {label: 'drain at peak', curve: 'drain'},
        {label: 'drain earlier', curve: 'quiet'},
        {label: 'Socket Takeover at peak', curve: 'takeover'},
      ],
    },
  ],
  remark: 'When releases go out is people’s choice and an input here; what is simulated is why they can.',
})
