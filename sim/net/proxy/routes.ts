/** What passes requests on to what, by the names of tiers. */
export class Routes {
  private readonly upstreams: ReadonlyMap<string, readonly string[]>
  private readonly downstreams = new Map<string, string[]>()

  /** `upstreamsOf`: the tiers that one passes requests on to. */
  constructor(names: readonly string[], upstreamsOf: (name: string) => readonly string[]) {
    this.upstreams = new Map(names.map(name => [name, upstreamsOf(name)]))
    for (const [name, upstreams] of this.upstreams)
      for (const to of upstreams) this.downstreams.set(to, [...(this.downstreams.get(to) ?? []), name])
  }

  /** The outermost tiers from which requests come to `to`; itself, if none passes anything on to it. */
  outermost(to: string): readonly string[] {
    const seen = new Set([to])
    for (const name of seen) for (const before of this.downstreams.get(name) ?? []) seen.add(before)
    return [...seen].filter(name => !this.downstreams.has(name))
  }

  /** The shortest way from one tier to another, both included; undefined if there is none. */
  path(from: string, to: string): readonly string[] | undefined {
    const paths: (readonly string[])[] = [[from]]
    const seen = new Set([from])
    for (const path of paths) {
      if (path.at(-1) === to) return path
      for (const next of this.upstreams.get(path.at(-1)!) ?? []) {
        if (seen.has(next)) continue
        seen.add(next)
        paths.push([...path, next])
      }
    }
    return undefined
  }

  /** Whether requests that leave a tier come back to it, or to another that they passed. */
  get goRound(): boolean {
    return [...this.upstreams].some(([name, upstreams]) => upstreams.some(next => this.path(next, name) !== undefined))
  }
}
