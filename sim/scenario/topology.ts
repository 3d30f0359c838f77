import {Routes} from '../net/proxy/routes.ts'
import {balancerOf, isBalancer, tierOf} from '../net/tier-kind.ts'
import {isMap, isText} from './map.ts'

type Raw = Readonly<Record<string, unknown>>

/** What passes requests on to what, read from tiers that may still be wrong in every other way. */
export class Topology {
  readonly names: readonly string[]
  readonly routes: Routes
  private readonly tiers: Raw

  constructor(tiers: unknown) {
    this.tiers = isMap(tiers) ? tiers : {}
    this.names = Object.keys(this.tiers)
    this.routes = new Routes(this.names, name => this.upstreamsOf(name).map(({to}) => to))
  }

  /** The balancers in front of tiers. */
  get balancers(): readonly string[] {
    return this.names.filter(name => this.isEntry(name)).map(balancerOf)
  }

  /** All that can be released. */
  get places(): readonly string[] {
    return [...this.names, ...this.balancers]
  }

  kindOf(place: string): unknown {
    return isBalancer(place) ? 'l4lb' : this.tier(place).kind
  }

  hostsOf(place: string): unknown {
    if (isBalancer(place)) return this.balancer(place).hosts ?? 2
    return this.isDatabase(place) ? 1 : this.tier(place).hosts
  }

  /** Whether a balancer spreads packets by a ring, and holds no connection itself. */
  forgets(place: string): boolean {
    return (this.balancer(place).pick ?? 'maglev') === 'maglev'
  }

  private balancer(place: string): Raw {
    const {behind} = this.tier(tierOf(place))
    return isMap(behind) && isMap(behind.l4lb) ? behind.l4lb : {}
  }

  tier(name: string): Raw {
    const tier = Object.hasOwn(this.tiers, name) ? this.tiers[name] : undefined
    return isMap(tier) ? tier : {}
  }

  /** What a tier passes requests on to, and where in it that stands. */
  upstreamsOf(name: string): readonly {to: string; at: readonly (string | number)[]; it: Raw}[] {
    const {upstream} = this.tier(name)
    const written = Array.isArray(upstream) ? upstream.map((it, i) => [it, i] as const) : [[upstream, -1] as const]
    return written.flatMap(([it, i]) =>
      isMap(it) && isText(it.to) ? [{to: it.to, at: i === -1 ? ['upstream'] : ['upstream', i], it}] : [],
    )
  }

  isDatabase(name: string): boolean {
    return this.tier(name).kind === 'database'
  }

  /** The tiers that keep rows, or those that do not. */
  databases(are = true): readonly string[] {
    return this.names.filter(name => this.isDatabase(name) === are)
  }

  /** How a server uses a database, if it does. */
  useOf(name: string): Raw | undefined {
    const {database} = this.tier(name)
    return isMap(database) ? database : undefined
  }

  /** The tiers behind a balancer from which clients come to `name`: itself, or else the outermost that lead there. */
  entriesTo(name: string): readonly string[] {
    return this.isEntry(name) ? [name] : this.routes.outermost(name).filter(entry => this.isEntry(entry))
  }

  /** Whether some proxy passes requests on to it. */
  isBehindProxies(name: string): boolean {
    return this.names.some(proxy => this.upstreamsOf(proxy).some(({to}) => to === name))
  }

  /** Whether anybody reaches it: clients, or proxies that they reach. */
  isReached(name: string): boolean {
    if (this.isDatabase(name)) return this.names.some(server => this.useOf(server)?.to === name)
    return this.names.some(entry => this.isEntry(entry) && this.routes.path(entry, name) !== undefined)
  }

  /** Whether an upstream is a tier that there is not: then nobody knows what would be reached. */
  hasLooseEnd(): boolean {
    return this.names.some(name => this.upstreamsOf(name).some(({to}) => !this.names.includes(to)))
  }

  isEntry(name: string): boolean {
    return this.tier(name).behind !== undefined
  }
}
