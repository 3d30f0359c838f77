import type {Observed} from './observed.ts'
import {target} from './target.ts'

type Kind = 'reset' | 'failed' | 'timedOut'

/** How often something ended in this way, over all kinds of traffic. */
const count = ({report}: Observed, kind: Kind): number =>
  Object.values(report.traffic).reduce((sum, traffic) => sum + traffic[kind], 0)

/** None at all counts as one, so that a ratio is a lower bound. */
const ratio = (kind: Kind, traditional: Observed, zdr: Observed): number =>
  count(traditional, kind) / Math.max(1, count(zdr, kind))

const [whole, peak] = ['zero-downtime-release', 'release-at-peak']

export const r9 = target({
  id: 'R9',
  title: 'Proxy errors sent to users, traditional release over Zero Downtime Release, by kind',
  published: {
    says: 'more of every kind, write time-outs up to 16 times as many',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 12',
  },
  strength: 'B',
  arms: {
    zdr: {scenario: whole},
    traditional: {scenario: whole, strategy: 'graceful-drain'},
    zdrAtPeak: {scenario: peak, strategy: 'socket-takeover'},
    traditionalAtPeak: {scenario: peak},
  },
  read: ({zdr, traditional, zdrAtPeak, traditionalAtPeak}) => ({
    numbers: {
      reset: ratio('reset', traditional, zdr),
      abort: ratio('failed', traditional, zdr),
      fewer: 100 * (1 - count(zdrAtPeak, 'timedOut') / count(traditionalAtPeak, 'timedOut')),
    },
    curves: {},
  }),
  claims: [
    {about: 'connection resets, ratio', number: 'reset', unit: '×', digits: 2, atLeast: 1.05},
    {about: 'stream aborts, ratio (0 as 1)', number: 'abort', unit: '×', digits: 0, atLeast: 1.05},
    {about: 'time-outs at peak, fewer by', number: 'fewer', unit: '%', digits: 1, atLeast: 5},
  ],
  lacks:
    'Write time-outs, up to 16 times as many: the simulator has no send buffers that fill, so nobody waits to write.',
  figures: [
    {
      kind: 'numbers',
      title: 'Errors of a traditional release, for each one of Zero Downtime Release',
      caption: 'Both get rarer, those most that Partial POST Replay takes care of.',
      x: {label: 'times as many (logarithmic)', scale: 'log', from: 1},
      rows: [
        {label: 'connection resets', number: 'reset'},
        {label: 'stream aborts', number: 'abort'},
      ],
    },
  ],
  remark:
    'Connection resets are connections that break under a user, stream aborts what a proxy answers with a 5xx, time-outs those of a release at the busiest hour. Most resets are sessions that outlive the drain, which an Edge cuts either way. With none at all under Zero Downtime Release a ratio is a lower bound.',
})
