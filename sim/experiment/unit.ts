/** What the values of a column are told in; `1` stands for counts, parts of one and ratios. */
export type Unit = 's' | 'B' | '1/s' | 'B/s' | '1'

const forms: readonly (readonly [form: RegExp, unit: Unit])[] = [
  [/\.(latency|delay)\.\w+$/, 's'],
  [/\.(startedAt|finishedAt|duration|haltedAt|peakAt|troughAt)$/, 's'],
  [/(^|\.)(memory\.peak|proxyMemory\.peak|bytes\.\w+|udp\.leaked)$|^posts\.proxyMemory$/, 'B'],
  [/\.peak\w*PerSecond$/, '1/s'],
]

/** The unit of a number of a report, or of a measure, by its name. */
export const unitOf = (name: string): Unit => forms.find(([form]) => form.test(name))?.[1] ?? '1'
