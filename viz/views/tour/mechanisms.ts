import type {Time} from '../../../sim/engine/time.ts'
import type {PostsReport} from '../../../sim/metrics/report.ts'
import {count} from '../../../sim/words/figures.ts'
import {bucketAt, champion} from './extremes.ts'
import {peakOf, sumOf} from './moments.ts'
import {type Contestant, clockOf, listed, looking, type Matter, nameOf, type Step, sentences, under} from './steps.ts'

const astray = ['.packets.unknown', '.packets.wrong-host']
const astrayIn = ({run}: Contestant) => sumOf(run, astray)

/** QUIC packets that found the wrong process, or if none did, those that were forwarded to the right one. */
export function packets(matter: Matter): Step | undefined {
  const best = champion(matter, astrayIn, ({total}) => total)
  if (best === undefined || best.it.total === 0) return forwarded(matter)
  const {told, it} = best
  const spared = matter.runs.filter(run => astrayIn(run).total === 0).map(nameOf)
  return {
    title: `${count(it.total)} packets go astray`,
    caption: sentences(
      'The kernel knows nothing of QUIC connections: each packet has to find the one process that has its connection.',
      `From ${clockOf(matter)(it.first)} on ${count(it.total)} come to another${under(matter, told)}, which knows nothing of them.`,
      spared.length === 0 ? '' : `None is misrouted under ${listed(spared)}.`,
    ),
    ...looking(matter, told, bucketAt(told, it.first), 'charts'),
  }
}

function forwarded(matter: Matter): Step | undefined {
  const best = champion(
    matter,
    ({run}) => sumOf(run, ['.packets.forwarded']),
    ({total}) => total,
  )
  if (best === undefined || best.it.total === 0) return undefined
  const {told, it} = best
  return {
    title: `${count(it.total)} packets are forwarded`,
    caption: sentences(
      'The new process reads every packet of the UDP sockets that it was passed, and forwards those of connections that the old one has: a bit of the connection ID tells.',
      `From ${clockOf(matter)(it.first)} on that is ${count(it.total)} packets${under(matter, told)}, and none is misrouted.`,
    ),
    ...looking(matter, told, bucketAt(told, it.first), 'charts'),
  }
}

/** MQTT tunnels that were moved to another proxy. */
export function moves(matter: Matter): Step | undefined {
  const moved = ({run}: Contestant) => peakOf(run, '.moved')
  const best = champion(matter, moved, ({total}) => total)
  if (best === undefined) return undefined
  const {told, it} = best
  const asked = told.run.report?.moves?.[it.of]
  const all = asked === undefined ? '' : ` of ${count(asked.solicited)} that are solicited`
  return {
    title: `${count(it.total)} tunnels move`,
    caption: sentences(
      'A proxy that leaves asks the ones before it to take their MQTT tunnels to another, which finds the same broker by the user’s id. The broker has the session context and acknowledges, and the client sees nothing.',
      `${count(it.total)}${all} move so${under(matter, told)}${asked === undefined ? '' : `, and ${count(asked.refused)} are refused`}.`,
    ),
    ...looking(matter, told, bucketAt(told, it.at), 'connections'),
  }
}

/** POSTs that a server handed back to its proxy. */
export function replays(matter: Matter): Step | undefined {
  const posts = ({run}: Contestant) => Object.values(run.report?.posts ?? {})
  const best = champion(
    matter,
    told => sum(posts(told), ({handedBack}) => handedBack),
    it => it,
  )
  if (best === undefined || best.it === 0) return undefined
  const {told, it} = best
  const story = told.batches.find(({tier}) => told.run.recording.strategies[tier] === 'partial-post-replay')
  const span: readonly [Time, Time] = [story?.drained ?? 0, story?.gone ?? matter.end]
  const replayed = sum(posts(told), it => it.replayed)
  const failed = sum(posts(told), it => it.disrupted.count)
  const seen = sum(posts(told), ({answers}) => answers[379])
  return {
    title: `${count(it)} POSTs are handed back`,
    caption: sentences(
      'A server that has to go before it has the whole of a body answers 379 with what it has, and the proxy replays that to another server.',
      `${count(it)} are handed back and ${count(replayed)} are replayed${under(matter, told)}: ${count(seen)} users see a 379, and ${count(failed)} of all POSTs fail.`,
    ),
    ...looking(matter, told, span, 'connections'),
  }
}

const sum = (posts: readonly PostsReport[], figure: (it: PostsReport) => number): number =>
  posts.reduce((total, it) => total + figure(it), 0)
