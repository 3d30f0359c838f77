import {adding, alter, dropping, migrations, rollOut} from './migrations.ts'
import {strategy} from './strategy.ts'

/** The migration runs, and then the deploy: as a pipeline does it that knows no other order. */
export const dropBeforeCode = strategy({
  name: 'drop-before-code',
  summary: 'Change the columns of the table to what the new version wants, then roll it out.',
  suits: ['server'],
  needs: 'database',
  options: migrations,

  *release(fleet, told) {
    const {adds, drops, last} = fleet.program!
    yield* alter(fleet, told, [...adding(adds), ...dropping(drops)])
    if (!fleet.halted.holds) yield* rollOut(fleet, told, last, 0, function* () {})
  },
})
