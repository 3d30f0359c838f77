import type {Random} from '../../engine/random.ts'
import type {Time} from '../../engine/time.ts'
import type {Process} from '../host/process.ts'
import type {PageOptions} from '../options.ts'
import type {World} from '../world.ts'

interface Page {
  /** That of whoever answered when it was loaded; undefined until somebody has. */
  version: number | undefined
  /** When its user closes it. */
  closesAt: Time
  /** When its user, who was told of another version, loads it again. */
  reloadsAt: Time
  isBroken: boolean
}

/**
 * The pages that the clients of a workload have open, one each. A page asks for what belongs to the version that it was loaded
 * in, and whoever answers has that of its own version, of some before it, and of no later one.
 *
 *     loading ──first answer──► of a version ──life over──► the next request loads another page
 *        ▲                         │ an answer of another version
 *        ╰────── reloaded ◄────────╯
 */
export class Pages {
  loaded = 0
  /** Those that did not find something of theirs, and how often. */
  broken = 0
  skewed = 0
  reloaded = 0
  private readonly options: PageOptions
  private readonly world: World
  private readonly random: Random
  private readonly pages: Page[]
  /** Whose page a request on a connection is for, by rows. */
  private readonly owner = new Map<number, number>()
  /** When the last page of each version that is open no more was closed or loaded again. */
  private readonly lastOf = new Map<number, Time>()

  constructor(world: World, name: string, clients: number, options: PageOptions) {
    this.world = world
    this.options = options
    this.random = world.sim.random(`page/${name}`)
    this.pages = Array.from({length: clients}, () => this.early())
  }

  /** One that is open when the run begins: as old as it was when somebody looks at one instant. */
  private early(): Page {
    const {life, released} = this.options
    const whole = life.lengthBiased(this.random)
    const age = Math.round(whole * this.random.uniform())
    this.loaded++
    return {...fresh, version: 0 - Math.floor(age / released), closesAt: whole - age}
  }

  /** A connection is that of a client from now on. */
  give(row: number, who: number): void {
    this.owner.set(row, who)
  }

  /** A client asks for something, with the page that it has open or to load one. */
  asks(who: number): void {
    const {now} = this.world.sim
    const page = this.pages[who]!
    const ends = Math.min(page.closesAt, page.reloadsAt)
    if (now < ends) return
    this.ended(page, ends)
    const stays = page.reloadsAt < page.closesAt && now < page.closesAt
    if (page.reloadsAt < page.closesAt) this.reloaded++
    this.loaded++
    Object.assign(page, fresh, {closesAt: stays ? page.closesAt : now + this.options.life.sample(this.random)})
  }

  private ended({version}: Page, at: Time): void {
    if (version !== undefined) this.lastOf.set(version, Math.max(this.lastOf.get(version) ?? 0, at))
  }

  versionFor(row: number): number | undefined {
    return this.pageOf(row).version
  }

  /** Whether `server` has what the page asks for; a page that is being loaded is of its version from now on. */
  finds(row: number, {version, host}: Process): boolean {
    const page = this.pageOf(row)
    page.version ??= version
    if (page.version !== version) this.tell(page)
    const has = page.version <= version && page.version >= version - (host.options.oldAssets ?? 0)
    if (!has) this.breaks(page)
    return has
  }

  private tell(page: Page): void {
    if (page.reloadsAt === Number.POSITIVE_INFINITY)
      page.reloadsAt = this.world.sim.now + this.options.reload.sample(this.random)
  }

  private breaks(page: Page): void {
    this.skewed++
    if (!page.isBroken) this.broken++
    page.isBroken = true
  }

  private pageOf(row: number): Page {
    return this.pages[this.owner.get(row)!]!
  }

  /** How many pages older than `version` are open at `now`, and when the last of them that is not was gone. */
  olderThan(version: number, now: Time): {readonly open: number; readonly lastEnded: Time} {
    const olds = this.pages.filter(page => page.version !== undefined && page.version < version)
    const ends = olds.map(({closesAt, reloadsAt}) => Math.min(closesAt, reloadsAt))
    const before = [...this.lastOf].filter(([of]) => of < version).map(([, at]) => at)
    return {
      open: ends.filter(end => end > now).length,
      lastEnded: Math.max(0, ...before, ...ends.filter(end => end <= now)),
    }
  }
}

const fresh = {
  version: undefined,
  reloadsAt: Number.POSITIVE_INFINITY,
  isBroken: false,
} as const satisfies Partial<Page>
