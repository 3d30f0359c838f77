import {isMap, isText} from './map.ts'

type Raw = Readonly<Record<string, unknown>>

/** What passes requests on to what, read from tiers that may still be wrong in every other way. */
export class Topology {
  readonly names: readonly string[]
  private readonly tiers: Raw

  constructor(tiers: unknown) {
    this.tiers = isMap(tiers) ? tiers : {}
    this.names = Object.keys(this.tiers)
  }

  tier(name: string): Raw {
    const tier = Object.hasOwn(this.tiers, name) ? this.tiers[name] : undefined
    return isMap(tier) ? tier : {}
  }

  upstreamOf(name: string): string | undefined {
    const {upstream} = this.tier(name)
    return isMap(upstream) && isText(upstream.to) ? upstream.to : undefined
  }

  /** The tiers that requests pass from a tier on, itself first; ends with the tier that comes up again, if one does. */
  chain(name: string): readonly string[] {
    const chain = new Set([name])
    for (let next = this.upstreamOf(name); next !== undefined; next = this.upstreamOf(next)) {
      if (chain.has(next)) return [...chain, next]
      chain.add(next)
    }
    return [...chain]
  }

  /** The tiers behind a balancer from which requests come to `name`; only itself, if it is one of them. */
  entriesTo(name: string): readonly string[] {
    if (this.isEntry(name)) return [name]
    return this.names.filter(entry => this.isEntry(entry) && this.chain(entry).includes(name))
  }

  /** Whether an upstream is a tier that there is not: then nobody knows what would be reached. */
  hasLooseEnd(): boolean {
    return this.names.some(name => !this.names.includes(this.upstreamOf(name) ?? name))
  }

  private isEntry(name: string): boolean {
    return this.tier(name).behind !== undefined
  }
}
