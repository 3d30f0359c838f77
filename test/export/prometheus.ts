import {execFileSync} from 'node:child_process'
import {need} from '../debian.ts'

const python = '/usr/bin/python3'

const reader = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
json.dump([{'name': f.name, 'type': f.type, 'unit': f.unit, 'help': f.documentation,
  'samples': [[s.name, s.labels, s.value] for s in f.samples]} for f in read(sys.stdin.read())], sys.stdout)
`

/** A family of metrics, as the reader of Prometheus' own client has it. */
export interface FamilyRead {
  readonly name: string
  readonly type: string
  readonly unit: string
  readonly help: string
  readonly samples: readonly [name: string, labels: Readonly<Record<string, string>>, value: number][]
}

/** What OpenMetrics text says to prometheus_client (Debian: python3-prometheus-client), which is got where it is missing and can be. */
export function readOpenMetrics(text: string): readonly FamilyRead[] {
  const debian = 'python3-prometheus-client'
  need(hasReader, `OpenMetrics are read back by prometheus_client: install ${debian}.`, debian)
  return JSON.parse(execFileSync(python, ['-c', reader], {input: text}).toString())
}

function hasReader(): boolean {
  try {
    execFileSync(python, ['-c', 'import prometheus_client'], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}
