import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {paperFor} from './terminal/table.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

export const sweepVerb = verb({
  usage: 'sweep <scenario>',
  summary: 'Run a scenario at many values of a few of its fields, and tell what each costs',
  takes: {
    scenario: options.scenario,
    vary: {
      type: 'array',
      string: true,
      requiresArg: true,
      demandOption: true,
      describe: 'PATH=A,B,C or PATH=FROM..TO:N, also FROM..TO:N:log; every value of one with every value of another',
    },
    design: {
      type: 'string',
      requiresArg: true,
      default: 'grid',
      describe: 'grid, or N points that fill the space: latin:N or sobol:N, which ranges like 1m..40m are enough for',
      coerce: (typed: unknown) => options.once('design', typed),
    },
    strategies: {
      ...options.strategies,
      describe: 'A,B,./C.TS: release in each of these ways, or `all` that suit; by default as it is written',
    },
    replications: {
      type: 'string',
      requiresArg: true,
      describe:
        'Seeds for each, one after the other, the same everywhere; 1 by default. More of them may be added later',
      coerce: (typed: unknown) => (typed === undefined ? undefined : count('replications', typed)),
    },
    seed: options.seed,
    set: options.set,
    threads: options.threads,
    redis: {...options.redis, describe: `Let workers make the runs (zdr worker): ${options.redis.describe}`},
    out: {
      type: 'string',
      requiresArg: true,
      describe: 'The folder to keep all in, SCENARIO-sweep by default; the same command goes on with what is there',
      coerce: (typed: unknown) => (typed === undefined ? undefined : options.once('out', typed)),
    },
    measures: {
      type: 'string',
      requiresArg: true,
      describe: 'A,B: show these numbers of the report, as tiers.edge.memory.peak, in place of the usual three',
      coerce: (typed: unknown) => (typed === undefined ? undefined : options.names('measures', typed)),
    },
    format: options.format,
    shard: {
      type: 'string',
      requiresArg: true,
      describe: 'K/N: only the K-th of N parts, each on another machine, which `zdr merge` joins',
      coerce: (typed: unknown) => (typed === undefined ? undefined : options.once('shard', typed)),
    },
    retry: {type: 'boolean', describe: 'Run again what failed before'},
  },
  examples: [
    ['zdr sweep edge-release --vary release.edge.options.drainTimeout=1m..40m:8', 'eight drains'],
    [
      'zdr sweep edge-release --vary tiers.edge.hosts=10,20,40 --vary release.edge.options.batch=5%..20%:4',
      'a grid of twelve points',
    ],
    ['zdr sweep my.yaml --vary traffic.web.rate=10/s..1000/s:5:log --strategies all', 'every way of releasing'],
    ['zdr sweep my.yaml --vary tiers.edge.hosts=4,8 --replications 20', 'with 95 % intervals'],
    ['zdr sweep my.yaml --vary tiers.edge.hosts=4..64 --vary end=1h..9h --design sobol:64', '64 points of a plane'],
    ['zdr sweep my.yaml --vary tiers.edge.hosts=4,8 --redis redis://queue.internal', 'by workers on any machines'],
    ['zdr sweep my.yaml --vary tiers.edge.hosts=4,8 --shard 1/3 --out part-1', 'a third of it'],
  ],
  check({redis, threads}) {
    if (redis !== undefined && threads !== undefined)
      throw new UserError('--threads is for runs on this machine; with --redis each zdr worker has its own')
  },
  async perform(args) {
    const {scenario, vary, design, strategies = [], replications = 1, seed, set = [], out} = args
    const [{askFor}, {shardOf}, {sweep}, {usualMeasures}, {drawPart, drawSweep}] = await Promise.all([
      import('./sweep/ask.ts'),
      import('./sweep/shard.ts'),
      import('./sweep/sweep.ts'),
      import('./sweep/shown.ts'),
      import('./terminal/sweep.ts'),
    ])
    const ask = await askFor({
      ...{scenario, vary, design, strategies, replications, seed, set},
      measures: args.measures ?? usualMeasures,
    })
    const folder = out ?? `${ask.scenario.name}-sweep`
    const shard = args.shard === undefined ? undefined : shardOf(args.shard)
    const formats = args.format ?? options.allFormats
    const outcome = await sweep(ask, folder, {
      threads: args.threads,
      redis: args.redis,
      retry: args.retry ?? false,
      formats,
      shard,
    })
    const paper = paperFor(process.stdout)
    process.stdout.write(shard === undefined ? drawSweep(outcome, paper, formats) : drawPart(outcome, paper))
    return outcome.failures.length === 0 ? exitCode.done : exitCode.unmet
  },
})

const count = (name: string, typed: unknown): number => options.numberOf(name, options.once(name, typed), 1, 100_000)
