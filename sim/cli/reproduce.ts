import {availableParallelism} from 'node:os'
import {exitCode} from './exit-code.ts'
import {interruptible} from './interruption.ts'
import * as options from './options.ts'
import {OutputFile} from './output-file.ts'
import {clockTime, statusLine} from './progress.ts'
import type {Task} from './reproduction/replications.ts'
import {paperFor} from './terminal/table.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

const mostSeeds = 1_000

export const reproduceVerb = verb({
  usage: 'reproduce [targets..]',
  summary: 'Simulate what was published about Zero Downtime Release, and hold it against that',
  takes: {
    targets: {
      type: 'string',
      describe: 'R1, R2 …: only these; by default all of them',
      coerce: (typed: unknown) =>
        typed === undefined ? undefined : [typed].flat().map(it => String(it).toUpperCase()),
    },
    out: {
      type: 'string',
      requiresArg: true,
      default: 'reproduction.html',
      describe: 'The page to write, with the table and all figures',
      coerce: (typed: unknown) => options.pageName('out', typed),
    },
    seeds: {
      type: 'string',
      requiresArg: true,
      describe: 'Replications of each, with one seed after the other; 10 by default',
      coerce: (typed: unknown) => (typed === undefined ? undefined : seedCount(options.once('seeds', typed))),
    },
    seed: {...options.seed, describe: 'The first of these seeds; 1 by default'},
    threads: options.threads,
    json: {type: 'boolean', describe: 'Print all that came out as JSON'},
  },
  examples: [
    ['zdr reproduce', 'all of it: a table, and reproduction.html'],
    ['zdr reproduce R3', 'one target'],
    ['zdr reproduce R1 R5 --seeds 30 --out capacity.html', 'two, with narrower intervals'],
  ],
  async perform({targets: ids = [], out, seeds = 10, seed = 1, threads = availableParallelism(), json}) {
    const [{absent, conclude, leavesOpen}, {isSimulated, targets}, {replications, tasksFor}, views] = await Promise.all(
      [
        import('../reproduction/conclusion.ts'),
        import('../reproduction/targets.ts'),
        import('./reproduction/replications.ts'),
        import('./reproduction/views.ts'),
      ],
    )
    const wanted = chosen(targets, ids)
    const file = new OutputFile(out)

    const tasks = tasksFor(
      wanted.filter(isSimulated),
      Array.from({length: seeds}, (_, i) => seed + i),
    )
    const line = statusLine()
    const tell = (done: number, {ids}: Task) => {
      line.show(elapsed => progress(ids, done, tasks.length, elapsed))
      if (done % (tasks.length / seeds) === 0) log(done, tasks.length)
    }
    const readings = await interruptible(signal => replications(tasks, {threads, signal}, tell)).finally(() =>
      line.clear(),
    )
    const conclusions = wanted.map(it => (isSimulated(it) ? conclude(it, readings.get(it.id)!) : absent(it)))

    const about = {seed, seeds}
    await file.write(views.page(conclusions, about))
    if (json) process.stdout.write(`${JSON.stringify(views.json(conclusions, about), null, 2)}\n`)
    else process.stdout.write(views.drawConclusions(conclusions, about, paperFor(process.stdout), out))
    return conclusions.some(leavesOpen) ? exitCode.unmet : exitCode.done
  },
})

function chosen<T extends {readonly id: string}>(all: readonly T[], ids: readonly string[]): readonly T[] {
  const known = all.map(({id}) => id)
  const unknown = ids.find(id => !known.includes(id))
  if (unknown !== undefined) throw new UserError(`there is no target '${unknown}'\ntargets: ${known.join(', ')}`)
  return ids.length === 0 ? all : all.filter(({id}) => ids.includes(id))
}

const progress = (ids: readonly string[], done: number, all: number, elapsed: number) =>
  `${ids.join(' ')} · ${done} of ${all} replications · ${clockTime((elapsed * (all - done)) / done)} left`

/** Where there is no terminal a plain line now and then says that work goes on. */
function log(done: number, all: number): void {
  if (!process.stderr.isTTY) process.stderr.write(`${done} of ${all} replications done\n`)
}

const seedCount = (text: string): number =>
  options.numberOf('seeds', text, 2, mostSeeds, ' (one replication has no interval)')
