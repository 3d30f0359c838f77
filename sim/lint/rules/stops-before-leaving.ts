import {formatDuration} from '../../scenario/units.ts'
import type {Rule} from '../finding.ts'
import type {Subject} from '../subject.ts'

export const stopsBeforeLeaving: Rule = {
  name: 'stops-before-leaving',
  wants: 'A host leaves the rotation before it stops listening, and does not wait for probes to find out.',
  severity: 'error',
  evidence: 'https://github.com/traefik/traefik/issues/4452',
  find: subject =>
    subject.releases.flatMap(released => {
      const prober = slowest(subject, released.name)
      const isSoftStop = released.has('leaveFirst') && !released.is('leaveFirst')
      if (!isSoftStop || prober === undefined || released.tier.hosts === 1) return []
      const detection = prober.probe.fall * prober.probe.interval
      const {lasts, option} = released.drain
      const gone = lasts < detection ? ', and the host is gone before that' : ''
      return [
        {
          found: [
            {path: released.path('leaveFirst'), value: 'false'},
            {
              path: `${prober.path}.probe`,
              value: `${prober.probe.fall} failures, ${formatDuration(prober.probe.interval)} apart`,
            },
            {path: released.path(option), value: formatDuration(lasts)},
          ],
          reason: `A host of ${released.name} stops listening up to ${formatDuration(detection)} before probes find out${gone}: until then new connections are refused.`,
          fix: [`${released.path('leaveFirst')}=true`],
        },
      ]
    }),
}

/** Of those who would have to find out and have nobody else to ask the one that takes longest. */
function slowest(subject: Subject, tier: string) {
  const helpless = subject.probersOf(tier).filter(({redispatch}) => redispatch === 0)
  return helpless.sort((a, b) => b.probe.fall * b.probe.interval - a.probe.fall * a.probe.interval)[0]
}
