import type {ReadyRun} from '../desk/run.ts'

/** What a bare trace is of. */
export const traceTitle = ([run]: readonly ReadyRun[]): string | undefined =>
  run && (run.recording.title ?? run.recording.scenario)

/** What the scenario of bare traces asks, if they tell, and which files they are from. */
export function traceQuestion(runs: readonly ReadyRun[]): string {
  const files = runs.flatMap(({lane: {file}}) => (file === undefined ? [] : [file]))
  const from = files.length === 0 ? '' : `Replayed from ${files.join(', ').replace(/, ([^,]*)$/, ' and $1')}.`
  return [runs[0]?.recording.question ?? '', from].filter(part => part !== '').join(' ')
}
