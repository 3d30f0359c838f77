import {coarser, mapped, meanBetween, type Observed} from './observed.ts'
import {type Curve, target} from './target.ts'

/** Minutes: the release begins at 3, the drain lasts from a little later until after 23. */
const [before, from, until] = [3, 5, 22]
/** The hosts of the one batch. */
const batch = 4

interface Groups {
  /** The group that restarts, and the one that does not. */
  readonly gr: Curve
  readonly gnr: Curve
}

/** A series of both groups, per host. */
function groups(run: Observed, series: string): Groups {
  const curve = (hosts: readonly string[]) => coarser(run.curve(run.meanOver(hosts, series)), 3)
  return {gr: curve(run.hosts('edge', 0, batch)), gnr: curve(run.hosts('edge', batch))}
}

/** In percent of what it was before the release. */
function relative(curve: Curve): Curve {
  const normal = meanBetween(curve, 0, before)
  return mapped(curve, value => (100 * value) / normal)
}

const during = (curve: Curve): number => meanBetween(relative(curve), from, until)
/** By how much the first group is above the second between two minutes, in percent. */
const above = ({gr, gnr}: Groups, start: number, end: number): number =>
  100 * (meanBetween(gr, start, end) / meanBetween(gnr, start, end) - 1)

const scenario = 'capacity-during-release'

export const r10 = target({
  id: 'R10',
  title: 'Requests, tunnels and CPU of hosts that restart (GR) and that do not (GNR)',
  published: {
    says: 'under Zero Downtime Release all stay steady, but for more CPU on GR while both processes run',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 13',
  },
  strength: 'B',
  arms: {
    drain: {scenario, strategy: 'graceful-drain'},
    takeover: {scenario, strategy: 'socket-takeover'},
  },
  read({drain, takeover}) {
    const drained = groups(drain, 'completed')
    const taken = groups(takeover, 'completed')
    const cpu = groups(takeover, 'busy')
    const tunnels = groups(takeover, 'connections')
    return {
      numbers: {
        apart: above(taken, from, until),
        cluster: (batch * during(taken.gr) + 16 * during(taken.gnr)) / 20,
        cpuEarly: above(cpu, before, before + 1),
        cpuLate: above(cpu, from + 1, until),
        tunnels: during(tunnels.gr),
        grDrained: during(drained.gr),
        gnrDrained: during(drained.gnr) / 100,
      },
      curves: {
        grDrained: relative(drained.gr),
        gnrDrained: relative(drained.gnr),
        grTaken: relative(taken.gr),
        gnrTaken: relative(taken.gnr),
        grCpu: relative(cpu.gr),
        gnrCpu: relative(cpu.gnr),
      },
    }
  },
  claims: [
    {about: 'requests, takeover: GR over GNR', number: 'apart', unit: '%', digits: 1, atLeast: -5, atMost: 5},
    {
      about: 'requests, takeover: all hosts, of before',
      number: 'cluster',
      unit: '%',
      digits: 1,
      atLeast: 98,
      atMost: 102,
    },
    {about: 'tunnels, takeover: GR, of before', number: 'tunnels', unit: '%', digits: 1, atLeast: 90, atMost: 110},
    {about: 'CPU, takeover: GR over GNR, first minute', number: 'cpuEarly', unit: '%', digits: 1, atLeast: 5},
    {
      about: 'CPU, takeover: GR over GNR, from the fourth minute on',
      number: 'cpuLate',
      unit: '%',
      digits: 1,
      atLeast: -5,
      atMost: 5,
    },
    {about: 'requests, drain: GR, of before', number: 'grDrained', unit: '%', digits: 1, atMost: 1},
    {about: 'requests, drain: GNR, times before', number: 'gnrDrained', unit: '', digits: 2, atLeast: 1.2, atMost: 1.3},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Requests per second of a host',
      caption:
        'A drain sends the whole work of the batch to the others; after a takeover everybody does what they did.',
      x: {label: 'time, minutes'},
      y: {label: 'requests answered, % of before', from: 0, to: 150},
      lines: [
        {label: 'drain: GR', curve: 'grDrained'},
        {label: 'drain: GNR', curve: 'gnrDrained'},
        {label: 'takeover: GR', curve: 'grTaken'},
        {label: 'takeover: GNR', curve: 'gnrTaken'},
      ],
      marks: [{at: before, label: 'release'}],
    },
    {
      kind: 'curves',
      title: 'CPU of a host under Socket Takeover',
      caption: 'Hosts that restart pay for a boot and a minute of warm-up, and for nothing after it.',
      x: {label: 'time, minutes'},
      y: {label: 'CPU, % of before', from: 60, to: 180},
      lines: [
        {label: 'GR', curve: 'grCpu'},
        {label: 'GNR', curve: 'gnrCpu'},
      ],
      marks: [{at: before, label: 'release'}],
    },
  ],
})
