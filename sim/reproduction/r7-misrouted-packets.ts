import {ReuseportGroup} from '../net/host/reuseport.ts'
import type {Observed} from './observed.ts'
import {type Claim, type NumberRow, target} from './target.ts'

interface Socket {
  readonly old: boolean
  readonly worker: number
}
/** What becomes of the flows of a process with n sockets when another binds as many, in percent of them. */
interface Moves {
  /** Read by the fresh process while both are bound. */
  readonly strayed: number
  /** Read from another socket while both are bound. */
  readonly moved: number
  /** Read by a worker of another number once the old sockets are closed, in the order of their index. */
  readonly renumbered: number
}

/** Flows whose hashes lie evenly over all of 32 bits, so that shares come out exactly. */
const flows = 2 ** 16
const hashes = Array.from({length: flows}, (_, i) => (i + 0.5) * 2 ** 16)

function moves(n: number): Moves {
  const sockets = (old: boolean) => Array.from({length: n}, (_, worker): Socket => ({old, worker}))
  const group = new ReuseportGroup<Socket>()
  const owners = () => hashes.map(hash => group.pick(hash)!)

  const [mine, others] = [sockets(true), sockets(false)]
  for (const socket of mine) group.add(socket)
  const before = owners()
  for (const socket of others) group.add(socket)
  const both = owners()
  for (const socket of mine) group.remove(socket)
  const after = owners()

  const percent = (differs: (flow: number) => boolean) => (100 * hashes.filter((_, i) => differs(i)).length) / flows
  return {
    strayed: percent(i => !both[i]!.old),
    moved: percent(i => both[i] !== before[i]),
    renumbered: percent(i => after[i]!.worker !== before[i]!.worker),
  }
}

/** The kernel's arithmetic: with n sockets a flow stays on its own with chance 0.5 / n. */
const exact: Readonly<Record<number, Moves>> = {
  1: {strayed: 50, moved: 50, renumbered: 0},
  4: {strayed: 50, moved: 87.5, renumbered: 100},
  8: {strayed: 50, moved: 93.75, renumbered: 100},
  32: {strayed: 50, moved: 98.4375, renumbered: 100},
}
const counts = Object.keys(exact).map(Number)
const aspects = {
  strayed: 'packets read by the fresh process',
  moved: 'flows on another socket',
  renumbered: 'flows with another worker, in the end',
} as const
const all = counts.flatMap(n =>
  (Object.keys(aspects) as (keyof Moves)[]).map(aspect => ({
    n,
    aspect,
    number: `${aspect}${n}`,
    wanted: exact[n]![aspect],
  })),
)
const sockets = (n: number) => (n === 1 ? '1 socket' : `${n} sockets`)

const ringClaims = all.map(
  ({n, aspect, number, wanted}): Claim => ({
    about: `ring of ${sockets(n)}: ${aspects[aspect]}`,
    number,
    unit: '%',
    digits: 2,
    atLeast: wanted,
    atMost: wanted,
    strength: 'A',
  }),
)
const ringRows = all
  .filter(({aspect}) => aspect === 'moved')
  .map(({n, number, wanted}): NumberRow => ({label: sockets(n), number, published: wanted}))

const worst = ({report}: Observed): number => report.packets!.quic!.mostMisroutedOnOneHost

/** Packets that were read by a process without the connection, or on a host without it, per second. */
function misrouted(run: Observed) {
  const strange = run.series('quic.packets.wrong-host')
  const perSecond = run.series('quic.packets.unknown').map((count, i) => (count + strange[i]!) / (60 * run.width))
  const {at, value} = run.curve(perSecond)
  return {at: at.map(minute => minute * 60), value}
}

const scenario = 'udp-takeover'

export const r7 = target({
  id: 'R7',
  title: 'UDP packets that reach a process which does not know their connection',
  published: {
    says: 'about 100 times fewer with connection-ID routing, at the worst instance (recalled); where the ring sends a flow, by Linux’s own code (seen)',
    standing: 'recalled',
    source: 'the paper’s evaluation, figure 10; seen: net/core/sock_reuseport.c',
  },
  strength: 'B',
  arms: {
    fresh: {scenario, set: ['release.edge.options.udp=fresh']},
    pass: {scenario, set: ['release.edge.options.udp=pass']},
    forward: {scenario, set: ['release.edge.options.udp=forward']},
  },
  read({fresh, pass, forward}) {
    const rings = counts.map(n => [n, moves(n)] as const)
    const ring = rings.flatMap(([n, it]) =>
      Object.entries(it).map(([aspect, share]) => [`${aspect}${n}`, share] as const),
    )
    return {
      numbers: {
        ...Object.fromEntries(ring),
        fresh: worst(fresh),
        pass: worst(pass),
        forward: worst(forward),
        freshOverPass: worst(fresh) / worst(pass),
        passOverForward: worst(pass) / Math.max(1, worst(forward)),
      },
      curves: {fresh: misrouted(fresh), pass: misrouted(pass), forward: misrouted(forward)},
    }
  },
  claims: [
    {
      about: 'misrouted: passed over forwarded (0 as 1)',
      number: 'passOverForward',
      unit: '',
      digits: 0,
      published: 100,
      atLeast: 100,
    },
    {about: 'misrouted at the worst host: passed, not forwarded', number: 'pass', unit: '', digits: 0},
    {about: 'misrouted at the worst host: passed and forwarded', number: 'forward', unit: '', digits: 0},
    {about: 'misrouted at the worst host: fresh sockets', number: 'fresh', unit: '', digits: 0},
    {about: 'misrouted: fresh sockets over passed', number: 'freshOverPass', unit: '', digits: 2, atLeast: 1},
    ...ringClaims,
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Misrouted packets around a takeover',
      caption: 'Fresh sockets send flows astray twice, passed ones once, and routing by connection ID none at all.',
      x: {label: 'time, seconds', from: 0},
      y: {label: 'misrouted packets per second', from: 0},
      lines: [
        {label: 'fresh sockets', curve: 'fresh'},
        {label: 'passed, not forwarded', curve: 'pass'},
        {label: 'passed and forwarded', curve: 'forward'},
      ],
    },
    {
      kind: 'numbers',
      title: 'Flows that change socket when a second process binds',
      caption: 'The more sockets a process has, the fewer flows stay where they were: 0.5/n of them.',
      x: {label: 'flows, %', from: 0, to: 100},
      rows: ringRows,
    },
  ],
  remark:
    'The ring is exact arithmetic of the kernel’s code, and of strength A; the ratio is of strength B. With forwarding nothing is misrouted, so the recalled ratio is a lower bound: production has races beyond these.',
})
