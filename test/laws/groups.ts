import {strategies} from '../../sim/strategies/index.ts'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import {canary} from '../fixtures/canary.ts'

/** Those of a store are held against laws of their own (test/store/laws.test.ts): random worlds have none. */
const all: readonly Strategy[] = [...strategies, canary as Strategy].filter(({suits}) => !suits.includes('store'))

/** In groups that take about as long as each other, so that they can be tested at the same time; `rest` is whoever is in none. */
const names = {
  restarts: ['hard-restart', 'graceful-drain', 'reuseport-handover', 'socket-activation', 'socket-takeover'],
  replacements: ['rolling-update', 'blue-green', 'overlap-deploy', 'request-pause'],
}
const named = (group: readonly string[]) => all.filter(({name}) => group.includes(name))

export const restarts = named(names.restarts)
export const replacements = named(names.replacements)
export const rest = all.filter(({name}) => !Object.values(names).flat().includes(name))
