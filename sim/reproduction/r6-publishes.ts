import {between, coarser, mapped, meanBetween, type Observed} from './observed.ts'
import {highest, lowest, newConnections} from './r3-new-connections.ts'
import {type Curve, target} from './target.ts'

/** Minutes before the release. */
const before = 1
const users = 20_000

/** Publishes that came to users, in % of the mean before the release. */
function publishes(run: Observed): Curve {
  const counts = run.curve(run.series('chat.down'))
  const usual = meanBetween(counts, 0, before)
  return mapped(counts, count => (100 * count) / usual)
}

export const r6 = target({
  id: 'R6',
  title: 'MQTT publishes and connection acknowledgements, with and without Downstream Connection Reuse',
  published: {
    says: 'with: flat; without: publishes drop and acknowledgements spike',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 9',
  },
  strength: 'B',
  arms: {
    drain: {scenario: 'mqtt-publishes', strategy: 'graceful-drain'},
    reuse: {scenario: 'mqtt-publishes', strategy: 'downstream-connection-reuse'},
    long: {scenario: 'mqtt-origin-release', strategy: 'downstream-connection-reuse'},
  },
  read({drain, reuse, long}) {
    const [drained, reused] = [publishes(drain), publishes(reuse)]
    const cut = (100 * (drain.report.traffic.chat!.causes['proxy-killed'] ?? 0)) / users
    const acks = between(coarser(newConnections(long), 2), 31, Infinity)
    return {
      numbers: {
        cut,
        fall: (100 - lowest(drained)) / cut,
        spike: drain.report.acks!.chat!.peak!,
        lowest: lowest(reused),
        highest: highest(reused),
        fewest: 100 * lowest(acks),
        most: 100 * highest(acks),
      },
      curves: {drain: drained, reuse: reused},
    }
  },
  claims: [
    {about: 'tunnels cut, drained', number: 'cut', unit: '%', digits: 1},
    {
      about: 'fall of publishes over share of tunnels cut, drained',
      number: 'fall',
      unit: '×',
      digits: 2,
      atLeast: 0.99,
    },
    {about: 'acknowledgements at most, drained', number: 'spike', unit: '×', digits: 1, atLeast: 1.25, strength: 'A'},
    {about: 'publishes at least, tunnels moved', number: 'lowest', unit: '%', digits: 2, atLeast: 98},
    {about: 'publishes at most, tunnels moved', number: 'highest', unit: '%', digits: 2, atMost: 102},
    {about: 'acknowledgements at least, tunnels moved', number: 'fewest', unit: '%', digits: 1, atLeast: 95},
    {about: 'acknowledgements at most, tunnels moved', number: 'most', unit: '%', digits: 1, atMost: 105},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Publishes that came to users',
      caption: 'Whoever loses a tunnel misses what is published until it is back; whose tunnel moves misses nothing.',
      x: {label: 'time, minutes'},
      y: {label: 'publishes delivered, % of before', from: 70, to: 105},
      lines: [
        {label: 'drain and restart', curve: 'drain'},
        {label: 'Downstream Connection Reuse', curve: 'reuse'},
      ],
      marks: [{at: before, label: 'release'}],
    },
  ],
  remark: 'Acknowledgements with tunnels moved are those of R3, whose run is long enough to count them.',
})
