import type {Alteration} from '../net/database/database.ts'
import {alter, dropping, migrations, rollOut} from './migrations.ts'
import {share} from './option.ts'
import {batchSize, strategy} from './strategy.ts'

const options = {
  ...migrations,
  after: share(0, 'hosts that have the new version when the column gets its new name: a share of them, or a number'),
} as const

/** One statement and one deploy, of which neither can be the first: whoever has the other name fails meanwhile. */
export const renameInOneStep = strategy({
  name: 'rename-in-one-step',
  summary: 'Rename a column in one statement while the new version is rolled out.',
  suits: ['server'],
  needs: 'database',
  options,

  *release(fleet, told) {
    const {adds, drops, last} = fleet.program!
    const renames = drops.map((column, k): Alteration => {
      const to = adds[k]
      return to === undefined ? dropping([column])[0]! : {kind: 'rename', column, to}
    })
    const hosts = fleet.hosts.length
    const left = told.after === 0 ? hosts : hosts - batchSize(told.after, hosts)
    yield* rollOut(fleet, told, last, left, () => alter(fleet, told, renames))
  },
})
