import type {TierOptions} from './options.ts'

export type TierKind = 'l4lb' | 'proxy' | 'server' | 'broker' | 'store' | 'database'

const ending = '/l4'

/** The tier `edge` stands behind the L4 balancer `edge/l4`, whose hosts are `edge/l4.0` and so on. */
export const balancerOf = (tier: string): string => `${tier}${ending}`

/** The tier that a name is about: `edge` for `edge/l4`, and for itself. */
export const tierOf = (name: string): string => (isBalancer(name) ? name.slice(0, -ending.length) : name)

export const isBalancer = (name: string): boolean => name.endsWith(ending)

/** What is released under this name. */
export const kindOf = (name: string, tiers: Readonly<Record<string, TierOptions>>): TierKind =>
  isBalancer(name) ? 'l4lb' : tiers[name]!.kind
