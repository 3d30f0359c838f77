import type {Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'
import type {UploadWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {Level} from './level.ts'
import {headersOf} from './partial-post.ts'
import {Post} from './post.ts'

/** What became of the POSTs of one workload, beside how they ended. Bytes, and counts. */
export class PostsTally {
  /** Of bodies that servers have received whole. */
  received = 0
  /** 379s that proxies received. */
  handedBack = 0
  /** POSTs that were replayed, how often all of them together, and the most often of one. */
  replayed = 0
  replays = 0
  mostReplays = 0
  /** POSTs that were sent elsewhere with a 307, and what their users had sent in vain. */
  redirected = 0
  repeated = 0
  /** Of bodies that went back to a proxy, and again to a server. */
  returned = 0
  resent = 0
  /** Headers and framing of 379s and of replays. */
  headers = 0
  /** Of bodies that a proxy host keeps. */
  readonly kept = new Map<Host, Level>()
}

/** What one proxy keeps of one POST. */
interface Keeping {
  readonly level: Level
  bytes: number
  rate: number
  since: Time
}

/** All POSTs that are under way, by their rows, and what proxies keep of them. */
export class Posts {
  /** By the number of the workload. */
  readonly tallies: PostsTally[]
  private readonly world: World
  /** By the number of the workload: for most rows that says all, and takes less time than a map. */
  private readonly hasBodies: readonly boolean[]
  private readonly posts = new Map<number, Post>()
  private readonly keepings = new Map<number, Keeping>()

  constructor(world: World) {
    this.world = world
    this.tallies = world.workloadNames.map(() => new PostsTally())
    this.hasBodies = Object.values(world.options.traffic).map(({kind}) => kind === 'upload')
  }

  /** A user begins a POST, or began it before the run did. */
  open(row: number, duration: number, {bandwidth = 0, chunk}: UploadWorkload): void {
    this.posts.set(row, new Post(duration, bandwidth, chunk))
  }

  close(row: number): void {
    this.release(row)
    this.posts.delete(row)
  }

  /** The POST of a row; undefined if it asks for something else. */
  of(row: number): Post | undefined {
    return this.mayHave(row) ? this.posts.get(row) : undefined
  }

  private mayHave(row: number): boolean {
    return this.hasBodies[this.world.connections.workload[row]!]!
  }

  /** Its user makes the request anew. */
  restart(row: number): void {
    const post = this.posts.get(row)!
    post.headers = headersOf(post.size, this.chunkOf(row))
  }

  chunkOf(row: number): number | undefined {
    return (this.world.clientOf(row).options as UploadWorkload).chunk
  }

  tallyOf(row: number): PostsTally {
    return this.tallies[this.world.connections.workload[row]!]!
  }

  /** A server has the whole body. */
  complete(row: number): void {
    const post = this.of(row)
    if (post !== undefined) this.tallyOf(row).received += post.size
  }

  /** A proxy begins to keep the body of `row` to itself, of which `left` is still to come. */
  buffer(row: number, host: Host, left: number): void {
    const post = this.posts.get(row)
    if (post !== undefined) this.keep(row, host, post.size - post.rate * left, post.rate)
  }

  /** The proxy has the whole of what it began to keep. */
  bufferIsWhole(row: number): void {
    const keeping = this.keepings.get(row)
    if (keeping === undefined) return
    const {host} = this.world.relay.holder(row)
    this.release(row)
    this.keep(row, host, this.posts.get(row)!.size, 0)
  }

  /** A proxy host has so many bytes of `row`, and in each microsecond so many more. */
  keep(row: number, host: Host, bytes: number, rate = 0): void {
    this.release(row)
    const {kept} = this.tallyOf(row)
    const level = kept.get(host) ?? new Level()
    kept.set(host, level)
    level.add(this.world.sim.now, bytes, rate)
    this.keepings.set(row, {level, bytes, rate, since: this.world.sim.now})
  }

  /** No proxy keeps anything of `row` any more. */
  release(row: number): void {
    const keeping = this.mayHave(row) ? this.keepings.get(row) : undefined
    if (keeping === undefined) return
    const {level, bytes, rate, since} = keeping
    const {now} = this.world.sim
    level.add(now, -(bytes + rate * (now - since)), -rate)
    this.world.sim.cancel(this.posts.get(row)!.sentOn)
    this.keepings.delete(row)
  }
}
