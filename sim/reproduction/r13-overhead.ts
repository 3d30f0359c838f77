import {between, coarser, mapped} from './observed.ts'
import {type Curve, target} from './target.ts'

/** Minutes: the release begins at 3, the drain ends after 23. */
const [from, until] = [3, 23]
const batch = 4

const median = ({value}: Curve): number => value.toSorted((a, b) => a - b)[value.length >> 1]!
const peakAt = ({at, value}: Curve): number => at[value.indexOf(Math.max(...value))]!

export const r13 = target({
  id: 'R13',
  title: 'CPU that a host spends on running both processes',
  published: {
    says: 'below 5 % in the median; worst in the first 60 to 70 seconds',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 16 or 17',
  },
  strength: 'B',
  arms: {takeover: {scenario: 'capacity-during-release', strategy: 'socket-takeover'}},
  read({takeover}) {
    const others = takeover.meanOver(takeover.hosts('edge', batch), 'busy')
    const theirs = takeover.curve(takeover.meanOver(takeover.hosts('edge', 0, batch), 'busy'))
    const extra = between(
      mapped(theirs, (busy, bucket) => 100 * (busy / others[bucket]! - 1)),
      from,
      until,
    )
    const sinceTakeover = {at: extra.at.map(minute => minute - from), value: extra.value}
    const perHalfMinute = coarser(sinceTakeover, 3)
    return {
      numbers: {
        median: median(sinceTakeover),
        peak: Math.max(...perHalfMinute.value),
        peakAt: 60 * peakAt(perHalfMinute) + 15,
      },
      curves: {extra: perHalfMinute},
    }
  },
  claims: [
    {about: 'median over the drain', number: 'median', unit: '%', digits: 1, published: 'below 5 %', atMost: 5},
    {about: 'worst half minute', number: 'peak', unit: '%', digits: 0},
    {
      about: 'worst half minute, since the takeover began',
      number: 'peakAt',
      unit: 's',
      digits: 0,
      published: '60 to 70 s',
      atMost: 120,
    },
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Extra CPU of hosts that take over',
      caption:
        'Booting and warming up cost much for a minute; the old process beside the new one costs next to nothing.',
      x: {label: 'minutes since the takeover began'},
      y: {label: 'CPU above that of the other hosts, %'},
      lines: [{label: 'Socket Takeover', curve: 'extra'}],
    },
  ],
  remark: 'How long a boot and its warm-up take is an input (8 s and 60 s); what follows for the median is not.',
})
