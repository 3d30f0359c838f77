import type {Kind} from '../../engine/simulator.ts'
import type {Duration, Time} from '../../engine/time.ts'
import {State} from '../connections.ts'
import {type PostStep, postStepOf} from '../events.ts'
import type {Host} from '../host/host.ts'
import type {Process} from '../host/process.ts'
import type {World} from '../world.ts'
import {
  type Answer,
  bytesOf,
  framing,
  handedBack,
  isPartialPost,
  leftOfChunk,
  rebuilt,
  replayOf,
  replaysOf,
} from './partial-post.ts'
import {Pipe} from './pipe.ts'
import type {Post} from './post.ts'

/**
 * What a server that has to go answers to a POST whose body it has not whole: the body so far, for a proxy to replay; an
 * error; or a redirection, so that the user sends it all again (Zero Downtime Release, 4.3).
 */
export type PostAnswer = 379 | 500 | 307

/** What servers answer in chunks of. */
const ownChunk = 2 ** 14
/** A client follows no more of them (Fetch Standard, 4.4). */
const mostRedirects = 20

/**
 * Partial POST Replay, from the server that has to go to the one that answers.
 *
 *     uploading ──hand back──► returning ──379──► the proxy stops forwarding ──all is back──► asking ──► uploading
 *                                           └─ it does not know 379, or too often: 500          at another server
 */
export class Replay {
  private readonly world: World
  private readonly head: Kind
  private readonly back: Kind
  private readonly sent: Kind
  /** Links of hosts, out of them and into them. */
  private readonly pipes = new Map<Host, {readonly out: Pipe; readonly into: Pipe}>()
  /** What is on its way back. */
  private readonly returns = new Map<number, Return>()

  constructor(world: World) {
    this.world = world
    this.head = world.sim.kind('partial-post', row => this.stop(row), 'routine')
    this.back = world.sim.kind('partial-post-back', row => this.replay(row), 'routine')
    this.sent = world.sim.kind('partial-post-sent', row => this.caughtUp(row), 'routine')
  }

  /** Answers each POST of which `server` has not the whole body. */
  handBackAll(server: Process): void {
    for (const {row} of this.world.connections.streams.of(server))
      if (this.world.relay.holder(row) === server) this.handBackIfPartial(row)
  }

  /** Does so with one, if its server hands back what it has; only towards a proxy, for no user knows a 379. */
  handBackIfPartial(row: number): void {
    const {connections, relay, exchange} = this.world
    const server = relay.holder(row)
    if (connections.state[row] !== State.uploading || !server.accepts || connections.streams.depthOf(row) === 0) return
    if (server.postAnswer === 500) exchange.fail(row, 'post-unfinished')
    else if (server.postAnswer === 307) this.redirect(row)
    else if (server.postAnswer === 379) this.handBack(row, server.host)
  }

  /** The user is told to send it all to somebody else. */
  private redirect(row: number): void {
    const {connections: c, exchange, sim} = this.world
    const post = this.post(row)
    if (post.redirects++ === mostRedirects) return exchange.fail(row, 'post-unfinished')
    const tally = this.world.posts.tallyOf(row)
    tally.redirected++
    tally.repeated += post.received(sim.now)
    const at = sim.now + this.world.clientOf(row).wayBack(c.streams.depthOf(row))
    exchange.detach(row, 'done')
    c.span[row] = post.duration
    c.state[row] = State.waiting
    exchange.step(row, at, this.world.tryAgain)
  }

  /** The answer goes out at once; what the server has follows as fast as its link lets it. */
  private handBack(row: number, host: Host): void {
    const {connections: c, exchange, sim} = this.world
    const post = this.post(row)
    const answer = handedBack(post.headers)
    const has = post.received(sim.now)
    const through = this.pipesOf(host).out.send(sim.now, has + bytesOf(answer.headers), this.bandwidth(row))
    const bare = host.postFault === 'bare-379'
    this.returns.set(row, {answer: bare ? {...answer, message: 'Unknown'} : answer, through, forwarded: 0})
    sim.cancel(c.timer[row]!)
    c.state[row] = State.returning
    exchange.step(row, sim.now + this.way(row), this.head)
  }

  /** The head of a 379 is at the proxy: it forwards no more, and what is in flight to the server comes back as well. */
  private stop(row: number): void {
    const {exchange, posts, sim} = this.world
    const {answer, through} = this.returns.get(row)!
    const options = this.world.relay.upstream(row, this.depth(row) - 1).options.replay
    posts.tallyOf(row).handedBack++
    this.tell(row, 'handedBack')
    if (options === undefined || options.replays === 0 || !isPartialPost(answer))
      return exchange.fail(row, 'unexpected-status')
    if (replaysOf(rebuilt(answer)) >= options.replays) return exchange.fail(row, 'replay-exhausted')
    const post = this.post(row)
    const way = this.way(row)
    const stopped = sim.now + way
    const all = Math.max(stopped, through) + way
    const forwarded = post.received(stopped)
    post.returns(way)
    this.returns.set(row, {answer, through, forwarded})
    // What its user sends meanwhile waits as well.
    posts.keep(row, this.proxy(row).host, forwarded + Math.min(post.size - forwarded, post.rate * (all - sim.now)))
    exchange.step(row, all, this.back)
  }

  /** All is back, if it is as much as was forwarded: the proxy looks for another server. */
  private replay(row: number): void {
    const {exchange, posts, relay, sim} = this.world
    const {answer, forwarded} = this.returns.get(row)!
    const {options} = relay.upstream(row, this.depth(row) - 1)
    const {host} = relay.holder(row)
    const chunk = posts.chunkOf(row)
    if (forwarded + surplus(host, forwarded) !== forwarded) return exchange.fail(row, 'replay-miscounted')
    if (!options.replay!.chunkState && chunk !== undefined && leftOfChunk(forwarded, chunk) > 0)
      return exchange.fail(row, 'broken-framing')
    this.countReturned(row, answer, forwarded)
    this.post(row).headers = replayOf(answer)
    relay.leave(row, this.depth(row) - 1)
    relay.forgetTries(row)
    exchange.reachAt(row, sim.now + this.world.clientOf(row).wayOn(this.depth(row)))
  }

  private countReturned(row: number, answer: Answer, forwarded: number): void {
    const tally = this.world.posts.tallyOf(row)
    tally.returned += forwarded
    tally.headers += bytesOf(answer.headers) + framing(forwarded, ownChunk)
  }

  private countResent(row: number, post: Post): void {
    const tally = this.world.posts.tallyOf(row)
    const chunk = this.world.posts.chunkOf(row)
    const {forwarded} = this.returns.get(row)!
    tally.replays++
    this.tell(row, 'replayed')
    if (post.replays === 1) tally.replayed++
    tally.mostReplays = Math.max(tally.mostReplays, post.replays)
    tally.resent += forwarded
    tally.headers += bytesOf(post.headers) + (chunk === undefined ? 0 : framing(forwarded, chunk))
  }

  private tell(row: number, step: PostStep): void {
    const {connections, observer, sim} = this.world
    observer.post(sim.now, connections.workload[row]!, row, postStepOf(step))
  }

  /** How long it will be until the server that has `row` now has all of its body. */
  flow(row: number): Duration {
    const post = this.post(row)
    const {now} = this.world.sim
    if (post.replays > 0) return this.flowAgain(row, post) - now
    const takes = this.world.clientOf(row).bodyTime(row)
    post.arrives(now + takes)
    return takes
  }

  /** First what the proxy holds, as fast as the server's link lets it, then what the user sends from then on. */
  private flowAgain(row: number, post: Post): Time {
    const {sim} = this.world
    const {into} = this.pipesOf(this.world.relay.holder(row).host)
    const bandwidth = this.bandwidth(row)
    const held = post.comesAgain(into.startOf(sim.now), this.way(row), bandwidth)
    const caughtUp = into.send(sim.now, held + bytesOf(post.headers), bandwidth)
    this.countResent(row, post)
    post.sentOn = sim.at(caughtUp, this.sent, row)
    return post.wholeAfter(caughtUp)
  }

  /** The proxy holds nothing of it any more. */
  private caughtUp(row: number): void {
    this.world.posts.release(row)
  }

  private post(row: number): Post {
    return this.world.posts.of(row)!
  }

  private depth(row: number): number {
    return this.world.connections.streams.depthOf(row)
  }

  private proxy(row: number): Process {
    return this.world.relay.holderAt(row, this.depth(row) - 1)
  }

  /** Between the server that has the row and the proxy before it. */
  private way(row: number): Duration {
    return this.world.clientOf(row).wayOn(this.depth(row) - 1)
  }

  private bandwidth(row: number): number {
    return this.world.relay.upstream(row, this.depth(row) - 1).options.replay?.bandwidth ?? Number.POSITIVE_INFINITY
  }

  private pipesOf(host: Host) {
    const pipes = this.pipes.get(host) ?? {out: new Pipe(), into: new Pipe()}
    this.pipes.set(host, pipes)
    return pipes
  }
}

interface Return {
  readonly answer: Answer
  /** When what the server had at once has gone out. */
  readonly through: Time
  /** Bytes of the body that the proxy had forwarded when it stopped. */
  readonly forwarded: number
}

/** What a server that miscounts hands back too much, or too little. */
function surplus({postFault}: Host, forwarded: number): number {
  if (postFault === 'long-379') return 1
  return postFault === 'short-379' ? -Math.min(1, forwarded) : 0
}
