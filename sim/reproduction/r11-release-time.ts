import type {Observed} from './observed.ts'
import {target} from './target.ts'

const scenario = 'release-duration'
const few = ['release.edge.options.batch=5%']
const minutes = ({report}: Observed): number => report.release.edge!.duration! / 60

export const r11 = target({
  id: 'R11',
  title: 'Time to release a whole fleet',
  published: {
    says: 'proxies about 1.5 h in the median; recalled, and nothing is held against it',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 15 or 16',
  },
  strength: 'B',
  arms: {
    drain20: {scenario},
    drain5: {scenario, set: few},
    takeover20: {scenario, strategy: 'socket-takeover'},
  },
  read: ({drain20, drain5, takeover20}) => ({
    numbers: {drain20: minutes(drain20), drain5: minutes(drain5), takeover20: minutes(takeover20)},
    curves: {},
  }),
  claims: [
    {
      about: 'drain, 5 batches of 20 %',
      number: 'drain20',
      unit: 'min',
      digits: 1,
      atLeast: 95,
      atMost: 105,
    },
    {about: 'drain, 20 batches of 5 %', number: 'drain5', unit: 'min', digits: 1, atLeast: 380, atMost: 420},
    {
      about: 'Socket Takeover, 5 batches of 20 %',
      number: 'takeover20',
      unit: 'min',
      digits: 1,
      atLeast: 95,
      atMost: 105,
    },
  ],
  figures: [
    {
      kind: 'numbers',
      title: 'Time to release a fleet',
      caption: 'The drain decides: batches × (20 minutes + restart), whatever the strategy.',
      x: {label: 'minutes', from: 0},
      rows: [
        {label: 'drain, 20 %', number: 'drain20'},
        {label: 'drain, 5 %', number: 'drain5'},
        {label: 'Socket Takeover, 20 %', number: 'takeover20'},
      ],
    },
  ],
  remark:
    'What is shown is arithmetic: batches × (drain of 20 min + restart). Wanted is batches × 20 min to within 5 %, which leaves a minute for a restart. The recalled 1.5 h would be four or five batches with drains of about 20 min, or drains that end early. The app tier’s 25 min is an input and not simulated.',
})
