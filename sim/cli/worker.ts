import {availableParallelism} from 'node:os'
import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {verb} from './verb.ts'

export const workerVerb = verb({
  usage: 'worker',
  summary: 'Make runs for sweeps on other machines, which send them by way of a Redis',
  takes: {
    redis: {...options.redis, demandOption: true, coerce: (typed: unknown) => options.once('redis', typed)},
    threads: options.threads,
    'dead-letters': {type: 'boolean', describe: 'Instead list the runs that were given up, and why'},
  },
  examples: [
    ['zdr worker --redis redis://queue.internal', 'until it is interrupted; what it was at goes back to the others'],
    ['zdr worker --redis rediss://zdr:PASSWORD@queue.internal:6380 --threads 4', 'with TLS, as a user'],
    ['REDISCLI_AUTH=PASSWORD zdr worker --redis redis://queue.internal', 'with a password that nobody sees'],
    ['zdr worker --redis redis://queue.internal --dead-letters', 'what came to nothing'],
  ],
  async perform({redis, threads = availableParallelism(), 'dead-letters': isList = false}) {
    const {placeOf} = await import('./workers/place.ts')
    const place = placeOf(redis)
    if (isList) {
      const [{deadLetters}, {drawDeadLetters}] = await Promise.all([
        import('./workers/dead-letters.ts'),
        import('./terminal/dead-letters.ts'),
      ])
      process.stdout.write(drawDeadLetters(await deadLetters(place)))
      return exitCode.done
    }
    const [{work}, {poolMaker}, {interruptible}] = await Promise.all([
      import('./workers/work.ts'),
      import('./workers/maker.ts'),
      import('./interruption.ts'),
    ])
    await interruptible(async signal => {
      const maker = await poolMaker(threads, signal)
      try {
        const made = await work(place, {threads, make: maker.make, signal, tell})
        tell(`ends after ${made} ${made === 1 ? 'run' : 'runs'}`)
      } finally {
        await maker.end()
      }
    })
    return exitCode.done
  },
})

const tell = (note: string): void => {
  process.stderr.write(`zdr: ${note}\n`)
}
