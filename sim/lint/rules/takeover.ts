import {formatDuration, formatSize} from '../../scenario/units.ts'
import {count} from '../../words/figures.ts'
import type {Rule, Trouble} from '../finding.ts'
import type {Released} from '../released.ts'

export const generationsPileUp: Rule = {
  name: 'generations-pile-up',
  wants: 'A release begins on a host when the process of the one before has gone.',
  severity: 'warning',
  evidence: 'https://github.com/haproxy/haproxy/issues/155',
  find: ({releases}) => releases.flatMap(pile),
}

function pile(released: Released): Trouble[] {
  const again = released.number('again')
  const {lasts} = released.drain
  if (released.strategy !== 'socket-takeover' || released.is('admission') || again >= lasts) return []
  const more = again === 0 ? released.number('times') : Math.min(released.number('times'), Math.ceil(lasts / again) - 1)
  const processes = 2 + more
  return [
    {
      found: [
        {path: released.path('again'), value: formatDuration(again)},
        {path: released.path('drainTimeout'), value: formatDuration(lasts)},
        {path: released.path('admission'), value: 'false'},
      ],
      reason: `The next takeover comes while the process of the last one drains: up to ${count(processes)} processes on a host of ${released.name}, of ${formatSize(released.tier.memory.process)} each without a connection.`,
      fix: [`${released.path('admission')}=true`],
    },
  ]
}

export const packetsGoAstray: Rule = {
  name: 'packets-go-astray',
  wants: 'Packets of QUIC connections reach the process that has them for as long as it drains.',
  severity: 'error',
  evidence: 'https://github.com/nginx/nginx/issues/425',
  find: subject =>
    subject.releases.flatMap(released => {
      const names = subject.through(released.name).flatMap(flow => (flow.workload.kind === 'quic' ? [flow.name] : []))
      return names.length === 0 ? [] : astray(released, names.join(' and '))
    }),
}

function astray(released: Released, names: string): Trouble[] {
  if (released.strategy !== 'socket-takeover') return []
  const [udp, forwardFor, {lasts}] = [released.word('udp'), released.number('forwardFor'), released.drain]
  if (udp !== 'forward')
    return [
      {
        found: [{path: released.path('udp'), value: udp}],
        reason: `The new process reads packets of ${names} that belong to connections of the old one, and knows nothing of them.`,
        fix: [`${released.path('udp')}=forward`],
      },
    ]
  if (forwardFor >= lasts) return []
  return [
    {
      found: [
        {path: released.path('forwardFor'), value: formatDuration(forwardFor)},
        {path: released.path('drainTimeout'), value: formatDuration(lasts)},
      ],
      reason: `Packets of ${names} are forwarded to the old process for ${formatDuration(forwardFor)}, and it drains for ${formatDuration(lasts)}: what it still has then hears nothing any more.`,
      fix: [`${released.path('forwardFor')}=none`],
    },
  ]
}
