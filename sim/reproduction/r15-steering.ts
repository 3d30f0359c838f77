import {coarser, type Observed} from './observed.ts'
import {target} from './target.ts'

const scenario = 'udp-steering'

const sent = ({report}: Observed): number => report.packets!.quic!.sent
const lost = ({report}: Observed): number => report.packets!.quic!.dropped

/** Packets that reached nobody who has their connection, per minute. */
function dropped(run: Observed) {
  const fates = ['unknown', 'wrong-host', 'overflowed', 'unread', 'lost'].map(fate =>
    run.series(`quic.packets.${fate}`),
  )
  const perMinute = fates[0]!.map((_, bucket) => fates.reduce((sum, fate) => sum + fate[bucket]!, 0) / run.width)
  return coarser(run.curve(perMinute), Math.round(1 / run.width))
}

export const r15 = target({
  id: 'R15',
  title: 'Packets dropped through a whole release with steering in the kernel',
  published: {says: 'none', standing: 'seen', source: 'plot at Linux Plumbers 2021'},
  strength: 'A',
  arms: {
    steering: {scenario},
    fresh: {scenario, strategy: 'reuseport-handover'},
  },
  read: ({steering, fresh}) => ({
    numbers: {sent: sent(steering) / 1000, steering: lost(steering), fresh: lost(fresh)},
    curves: {steering: dropped(steering), fresh: dropped(fresh)},
  }),
  claims: [
    {about: 'packets sent, thousands', number: 'sent', unit: '', digits: 0},
    {about: 'dropped, BPF steering', number: 'steering', unit: '', digits: 0, published: 0, atLeast: 0, atMost: 0},
    {about: 'dropped, sockets bound afresh', number: 'fresh', unit: '', digits: 0, atLeast: 100},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Dropped packets through a release of twenty proxies',
      caption: 'Steered by a map, no packet is lost in five batches; by the hash alone, some are in each.',
      x: {label: 'time, minutes'},
      y: {label: 'dropped packets per minute', from: 0},
      lines: [
        {label: 'BPF steering', curve: 'steering'},
        {label: 'sockets bound afresh', curve: 'fresh'},
      ],
    },
  ],
})
