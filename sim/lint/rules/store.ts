import {type Duration, seconds} from '../../engine/time.ts'
import {formatDuration} from '../../scenario/units.ts'
import {inWords} from '../../words/figures.ts'
import type {Rule, Trouble} from '../finding.ts'
import {nearlyAll, roundedUp} from '../quantile.ts'
import type {Released} from '../released.ts'

export const pauseTooShort: Rule = {
  name: 'pause-too-short',
  wants: 'Writes are paused until the new primary has them all and the last application host has moved to it.',
  severity: 'error',
  evidence: 'https://redis.io/docs/latest/commands/client-pause/',
  find: ({releases}) =>
    releases
      .filter(({strategy}) => strategy === 'client-pause')
      .flatMap(released =>
        tooShort(
          released,
          'writePause',
          lagOf(released) + released.number('clientsMove'),
          (lasts, needed) =>
            `Writes wait for ${lasts}, and the last application host has moved after ${needed}: those that have not are told that the old primary executed their writes, and these are lost.`,
        ),
      ),
}

export const failoverAborts: Rule = {
  name: 'failover-aborts',
  wants: 'FAILOVER waits for longer than a replica is behind.',
  severity: 'warning',
  evidence: 'https://redis.io/docs/latest/commands/failover/',
  find: ({releases}) =>
    releases
      .filter(({strategy}) => strategy === 'failover')
      .flatMap(released =>
        tooShort(released, 'syncTimeout', lagOf(released), (lasts, needed) => {
          const then = released.is('force') ? 'the replica takes over without them' : 'the failover is given up'
          return `The replica has the last writes after ${needed}, and after ${lasts} ${then}.`
        }),
      ),
}

/** Of 99.9 % of writes. */
const lagOf = ({tier}: Released): Duration => (tier.store === undefined ? 0 : nearlyAll(tier.store.lag))

function tooShort(
  released: Released,
  option: string,
  needed: Duration,
  reason: (lasts: string, needed: string) => string,
): Trouble[] {
  const lasts = released.number(option)
  if (lasts > needed) return []
  const path = released.path(option)
  return [
    {
      found: [
        {path, value: formatDuration(lasts)},
        {
          path: `tiers.${released.name}.store.lag`,
          value: `${inWords(lagOf(released) / seconds(1))} at most, for 99.9 %`,
        },
      ],
      reason: reason(inWords(lasts / seconds(1)), inWords(needed / seconds(1))),
      fix: needed === Infinity ? [] : [`${path}=${formatDuration(roundedUp(needed + seconds(1)))}`],
    },
  ]
}
