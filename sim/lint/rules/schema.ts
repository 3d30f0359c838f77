import type {DatabaseUse} from '../../net/database/options.ts'
import {count} from '../../words/figures.ts'
import type {Rule, Trouble} from '../finding.ts'
import type {Released} from '../released.ts'
import type {Subject} from '../subject.ts'

export const poolsOverCeiling: Rule = {
  name: 'pools-over-ceiling',
  wants: 'The processes that run beside each other in a release have no more connections than the database accepts.',
  severity: 'error',
  evidence: 'https://github.com/superdesigndev/treg/issues/129',
  find: subject => subject.releases.flatMap(released => findPools(subject, released)),
}

function findPools({tiers}: Subject, {name, tier, beside}: Released): Trouble[] {
  const use = tier.database
  if (use === undefined) return []
  const others = Object.entries(tiers).filter(([other, {database}]) => other !== name && database?.to === use.to)
  const taken = others.reduce((sum, [, {hosts, database}]) => sum + hosts * database!.pool, 0)
  const needed = taken + (tier.hosts + beside) * use.pool
  const most = tiers[use.to]!.holds!.maxConnections
  if (needed <= most) return []
  return [
    {
      found: [
        {path: `tiers.${name}.database.pool`, value: `${use.pool}, for each of ${tier.hosts + beside} processes`},
        {path: `tiers.${use.to}.maxConnections`, value: `${most}`},
      ],
      reason: `While ${count(beside)} processes of ${name} run beside the ${count(tier.hosts)} that there are, pools ask for ${count(needed)} connections, and ${use.to} accepts ${count(most)}.`,
      fix: [`tiers.${use.to}.maxConnections=${needed}`],
    },
  ]
}

export const contractTooSoon: Rule = {
  name: 'contract-too-soon',
  wants: 'A column goes when the last process that needs it has drained, and not when it has been replaced.',
  severity: 'error',
  evidence: 'https://github.com/HHS/simpler-grants-gov/issues/7425',
  find: ({releases}) =>
    releases.flatMap(released => {
      const gone = goneColumns(released.tier.database)
      if (released.word('contractAfter') !== 'deploy finished' || gone.length === 0) return []
      return [
        {
          found: [{path: released.path('contractAfter'), value: 'deploy finished'}],
          reason: `${gone.join(', ')} of ${released.tier.database!.table} is dropped while old processes of ${released.name} may still have requests that name it.`,
          fix: [`${released.path('contractAfter')}=last request`],
        },
      ]
    }),
}

export const alterWithoutLimit: Rule = {
  name: 'alter-without-limit',
  wants: 'ALTER TABLE gives up after a while (lock_timeout) and lets those through who wait behind it.',
  severity: 'warning',
  evidence: 'https://github.com/ankane/strong_migrations/issues/99',
  find: ({releases}) =>
    releases.flatMap(released =>
      released.has('lockTimeout') && released.number('lockTimeout') === Infinity
        ? [
            {
              found: [{path: released.path('lockTimeout'), value: 'none'}],
              reason: `ALTER TABLE waits for whoever reads ${released.tier.database!.table}, and everybody else waits behind it for as long.`,
              fix: [`${released.path('lockTimeout')}=500ms`],
            },
          ]
        : [],
    ),
}

/** Columns that some version uses and the last one does not. */
function goneColumns(use: DatabaseUse | undefined): readonly string[] {
  const columns = use?.versions.map(({reads, writes, requires}) => [...reads, ...writes, ...requires]) ?? []
  const kept = columns.at(-1) ?? []
  return [...new Set(columns.flat())].filter(column => !kept.includes(column))
}
