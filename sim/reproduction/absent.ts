import type {Absent} from './target.ts'

/** Targets whose mechanisms are not there; what was published of them is shown all the same. */
export const absentTargets = {
  r2: {
    id: 'R2',
    title: 'CPU of the app cluster spent on rebuilding connections',
    published: {says: 'as much as 20 %', standing: 'seen', source: 'introduction of the paper, by a reading list'},
    strength: 'A',
    missing: 'There are no MQTT tunnels and no Downstream Connection Reuse.',
  },
  r3: {
    id: 'R3',
    title: 'New pub/sub connections around the restart of an Origin',
    published: {
      says: 'up to 1.36 times as many 12 minutes after the release, then 0.88 times',
      standing: 'seen',
      source: 'plot on a slide of the SIGCOMM 2020 talk',
    },
    strength: 'A',
    missing: 'There are no MQTT tunnels and no Downstream Connection Reuse.',
  },
  r4: {
    id: 'R4',
    title: 'Protocols that a hot restart without the paper’s mechanisms covers',
    published: {says: 'TCP yes, UDP no, MQTT no', standing: 'seen', source: 'slide of the SIGCOMM 2020 talk'},
    strength: 'A',
    missing: 'There is no UDP and no MQTT.',
  },
  r6: {
    id: 'R6',
    title: 'MQTT publishes and connection acknowledgements, with and without Downstream Connection Reuse',
    published: {
      says: 'with: flat; without: publishes drop and acknowledgements spike',
      standing: 'recalled',
      source: 'the paper’s evaluation, figure 9',
    },
    strength: 'B',
    missing: 'There are no MQTT tunnels and no Downstream Connection Reuse.',
  },
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
