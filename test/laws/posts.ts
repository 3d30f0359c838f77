import {expect} from 'vitest'
import type {WorldOptions} from '../../sim/net/options.ts'
import {type Law, law} from './law.ts'

/** What holds of POSTs, whoever hands them back and however wrong. */
export const posts: readonly Law[] = [
  law('no 379 ever reaches a user, and who ended well saw a 200', ({report}) => {
    for (const [name, {answers}] of Object.entries(report.posts ?? {})) {
      expect(answers[379]).toBe(0)
      expect(answers[200]).toBe(report.traffic[name]!.completed)
    }
  }),

  law('each 379 is replayed, on its way or answered with an error, and no POST is replayed too often', played => {
    const most = mostReplays(played.scenario.world)
    for (const {handedBack, replayed, replays} of Object.values(played.report.posts ?? {})) {
      expect(replays.total).toBeLessThanOrEqual(handedBack)
      expect(replayed).toBeLessThanOrEqual(replays.total)
      expect(replays.max).toBeLessThanOrEqual(most)
    }
  }),

  law(
    'nothing goes out to another server that has not come back, and what has come back goes out if all is well',
    it => {
      for (const [name, {bytes}] of Object.entries(it.report.posts ?? {})) {
        expect(bytes.resent).toBeLessThanOrEqual(bytes.returned)
        const {open, completed, started} = it.report.traffic[name]!
        if (open === 0 && completed === started) expect(bytes.resent).toBe(bytes.returned)
      }
    },
  ),
]

const mostReplays = ({tiers}: WorldOptions): number =>
  Math.max(0, ...Object.values(tiers).flatMap(({upstream = []}) => upstream.map(({replay}) => replay?.replays ?? 0)))
