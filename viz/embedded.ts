import type {Report} from '../sim/metrics/report.ts'

/** Where a page that is one file keeps the code of its worker, the licenses of it all, and what it is to show. */
export const codeId = 'worker-code'
export const licensesId = 'licenses'
export const embeddedId = 'embedded'

/** What a page that is one file shows, as JSON in it. */
export interface Embedded {
  /** As it would stand after the `#` of an address. */
  readonly address: string
  readonly scenario?: ScenarioText
  /** The runs, if they are in the file: of a scenario one for each of its lanes. */
  readonly runs: readonly EmbeddedRun[]
}

export interface ScenarioText {
  readonly name: string
  readonly text: string
  /** What it reads, by the paths that it has for them. */
  readonly files: Readonly<Record<string, string>>
}

export interface EmbeddedRun {
  /** Of a trace the name of its file. */
  readonly label: string
  /** As a lane has it. */
  readonly replace?: string
  /** The trace: JSON, packed by gzip, in base64. */
  readonly trace: string
  readonly report?: Report
}
