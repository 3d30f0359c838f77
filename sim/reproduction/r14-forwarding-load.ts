import type {Observed} from './observed.ts'
import {type Arm, type Curve, target} from './target.ts'

/** Connections that send as many packets as one host gets in a usual second. */
const usual = 5_000
const scenario = 'udp-forwarding-load'
const at = (load: number, strategy: string): Arm => ({
  scenario,
  strategy,
  set: [`traffic.quic.connections=${load * usual}`],
})
const takeover = (load: number) => at(load, 'socket-takeover')
const steering = (load: number) => at(load, 'reuseport-steering')

/** Packets per second that were dropped, in the last ten seconds of the forwarding. */
function dropped(run: Observed): number {
  const last = run.series('quic.packets.overflowed').slice(-Math.round(10 / (60 * run.width)))
  return last.reduce((sum, count) => sum + count, 0) / 10
}

const curve = (loads: readonly number[], runs: readonly Observed[]): Curve => ({at: loads, value: runs.map(dropped)})

/** Where the straight line through what is dropped at two loads above it meets nothing. */
function knee({at: [, , , low = 0, high = 0], value: [, , , first = 0, second = 0]}: Curve): number {
  return low - (first * (high - low)) / (second - first)
}

export const r14 = target({
  id: 'R14',
  title: 'Dropped UDP packets under load: forwarded between processes, or steered by the kernel',
  published: {
    says: '3,000 errors/s at 3 times the load with Socket Takeover, 500/s at 30 times with BPF',
    standing: 'seen',
    source: 'plot at Linux Plumbers 2021',
  },
  strength: 'A',
  arms: {
    takeover1: takeover(1),
    takeover2: takeover(2),
    takeover3: takeover(3),
    takeover4: takeover(4),
    takeover6: takeover(6),
    steering1: steering(1),
    steering3: steering(3),
    steering30: steering(30),
  },
  read(runs) {
    const forwarded = curve(
      [1, 2, 3, 4, 6],
      [runs.takeover1, runs.takeover2, runs.takeover3, runs.takeover4, runs.takeover6],
    )
    const steered = curve([1, 3, 30], [runs.steering1, runs.steering3, runs.steering30])
    return {
      numbers: {
        knee: knee(forwarded),
        twice: forwarded.value[1]!,
        threefold: forwarded.value[2]!,
        sixfold: forwarded.value[4]!,
        thirtyfold: steered.value[2]!,
      },
      curves: {forwarded, steered},
    }
  },
  claims: [
    {
      about: 'load at which forwarding is full',
      number: 'knee',
      unit: '×',
      digits: 2,
      published: 3,
      atLeast: 2.5,
      atMost: 3.5,
    },
    {about: 'dropped, takeover at 2×', number: 'twice', unit: '/s', digits: 0, atMost: 1},
    {about: 'dropped, takeover at 3×', number: 'threefold', unit: '/s', digits: 0, published: 3000},
    {about: 'dropped, takeover at 6×', number: 'sixfold', unit: '/s', digits: 0, atLeast: 1000},
    {about: 'dropped, BPF steering at 30×', number: 'thirtyfold', unit: '/s', digits: 0, published: 500, atMost: 500},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Dropped packets against load',
      caption: 'One thread that forwards is full at three times the load; a socket for each worker is not at thirty.',
      x: {label: 'load, times the usual (logarithmic)', scale: 'log'},
      y: {label: 'dropped packets per second', from: 0},
      lines: [
        {label: 'Socket Takeover', curve: 'forwarded'},
        {label: 'BPF steering', curve: 'steered'},
      ],
      published: {
        label: 'published',
        points: [
          [3, 3000],
          [30, 500],
        ],
      },
    },
  ],
  remark:
    'The load at which forwarding is full, 3 times, is calibrated: it follows from the 330 µs that a forwarded packet costs, an input of the scenario. At exactly 3 times the simulation drops 0 packets/s where 3,000 errors/s were published (read off a plot); at 30 times BPF drops 0 where 500 errors/s were published. The size of the published load is not known, and the errors of BPF have no cause in the model.',
})
