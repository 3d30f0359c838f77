import {type Script, together, until} from '../engine/script.ts'
import type {Host} from '../net/host/host.ts'
import {strategy} from './strategy.ts'

/** The floor that the others are measured from: nothing runs while the old version saves and the new one loads. */
export const maintenanceWindow = strategy({
  name: 'maintenance-window',
  summary: 'Stop the store, start the new version with what is on the disk, and refuse everybody meanwhile.',
  suits: ['store'],
  options: {},

  *release(fleet) {
    fleet.announce(fleet.hosts)
    yield* together(fleet.hosts.map(host => host.attended(restart(host))))
  },
})

function* restart(host: Host): Script {
  const old = host.current
  old.stopListening()
  yield* host.node!.save()
  old.kill()
  yield* until(old.exited)
  const fresh = yield* host.boot()
  fresh.listen()
  fresh.answerHealthChecks()
}
