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
  r7: {
    id: 'R7',
    title: 'UDP packets that reach the wrong process',
    published: {
      says: 'about 100 times fewer with connection-ID routing, at the worst instance',
      standing: 'recalled',
      source: 'the paper’s evaluation, figure 10',
    },
    strength: 'A',
    missing: 'There is no UDP.',
  },
  r8: {
    id: 'R8',
    title: 'Uploads disrupted by a release of app servers, with and without Partial POST Replay',
    published: {says: 'median 0.0008 %', standing: 'recalled', source: 'the paper’s evaluation, figure 11'},
    strength: 'C',
    missing: 'There is no Partial POST Replay.',
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
  r14: {
    id: 'R14',
    title: 'UDP errors under load: forwarding between processes or steering in the kernel',
    published: {
      says: '3,000 errors/s at 3 times the load with takeover, 500/s at 30 times with BPF',
      standing: 'seen',
      source: 'plot at Linux Plumbers 2021',
    },
    strength: 'A',
    missing: 'There is no UDP.',
  },
  r15: {
    id: 'R15',
    title: 'Packets dropped through a whole release with steering in the kernel (BPF)',
    published: {says: 'none', standing: 'seen', source: 'plot at Linux Plumbers 2021'},
    strength: 'A',
    missing: 'There is no UDP.',
  },
} as const satisfies Record<string, Absent>
