import {type Finding, severities} from '../../lint/finding.ts'
import {rules} from '../../lint/rules.ts'

/** What was found, and by how many rules it was looked for, for other programs. */
export const lintAsData = (scenario: string, findings: readonly Finding[]) => ({
  schema: 'zdr-lint/1',
  scenario,
  rules: rules.length,
  counts: Object.fromEntries(severities.map(it => [it, findings.filter(({severity}) => severity === it).length])),
  findings,
})
