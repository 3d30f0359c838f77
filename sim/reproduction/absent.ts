import type {Absent} from './target.ts'

/** Targets whose mechanisms are not there; what was published of them is shown all the same. */
export const absentTargets = {
  r9: {
    id: 'R9',
    title: 'Proxy errors sent to users, traditional release over Zero Downtime Release, by kind',
    published: {
      says: 'more of every kind, write time-outs up to 16 times as many',
      standing: 'recalled',
      source: 'the paper’s evaluation, figure 12',
    },
    strength: 'B',
    missing: 'There is no scenario of the whole system.',
  },
} as const satisfies Record<string, Absent>
