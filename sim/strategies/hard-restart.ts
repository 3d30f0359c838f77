import {until} from '../engine/script.ts'
import {batches, inBatches, strategy} from './strategy.ts'

/** The process is ended and started again in its place: the floor that every other strategy is measured from. */
export const hardRestart = strategy({
  name: 'hard-restart',
  summary: 'Kill the old process, then start the new one in its place.',
  suits: ['proxy', 'server', 'broker'],
  options: batches,

  release: inBatches(function* (host) {
    const old = host.current
    old.kill()
    yield* until(old.exited)
    const fresh = yield* host.boot()
    fresh.listen()
    fresh.answerHealthChecks()
  }),
})
