import {suits, usualWays, type Way} from '../comparison.ts'
import {type Cell, type Choice, cellOf, type ScenarioText} from '../experiment/cell.ts'
import type {Report} from '../metrics/report.ts'
import {kindOf} from '../net/tier-kind.ts'
import {run} from '../run.ts'
import {format} from '../scenario/error.ts'
import {nearest} from '../scenario/nearest.ts'
import {parseScenario} from '../scenario/parse.ts'
import type {Scenario} from '../scenario/scenario.ts'
import {fewWays} from '../side-by-side.ts'
import type {Witness} from '../simulate.ts'
import {known, strategies as shipped} from '../strategies/index.ts'
import type {Strategy} from '../strategies/strategy.ts'
import type {Trace} from '../trace/trace.ts'
import {commandLine, RunFailure} from './failure.ts'
import {progressLine} from './progress.ts'
import {openScenario, type ScenarioFile} from './scenario-file.ts'
import {digestOf, isStrategyFile, loadStrategy, strategyFailure} from './strategy-file.ts'
import {UserError} from './user-error.ts'

export interface Request {
  readonly scenario: string
  /** Names and files of strategies that are to take the place of the scenario's own. */
  readonly strategies: readonly string[]
  readonly seed?: number | undefined
  readonly set: readonly string[]
}

/** A strategy as it was asked for: by its name, or by a file. */
export interface Wanted {
  readonly word: string
  readonly strategy: Strategy
}

/** How one run is made. */
interface Running {
  /** What the line that tells of its progress calls it. */
  readonly label?: string
  readonly trace?: boolean
  /** False to simulate every request event by event. */
  readonly crowds?: boolean
  readonly witnesses?: readonly Witness[]
}

/** Everything that was asked for, found, read and checked: what is left is to let time pass. */
export class Simulation {
  readonly scenario: Scenario
  readonly file: ScenarioFile
  /** In the order of the request. */
  readonly wanted: readonly Wanted[]
  readonly #request: Request

  private constructor(request: Request, {scenario, file}: Found, wanted: readonly Wanted[]) {
    this.#request = request
    this.scenario = scenario
    this.file = file
    this.wanted = wanted
  }

  /** Throws a UserError that says what is wrong with the request, or with its files. */
  static async prepare(request: Request): Promise<Simulation> {
    const wanted: Wanted[] = []
    for (const word of request.strategies) wanted.push({word, strategy: await strategyFor(word, wanted)})
    const found = scenarioFor(request, [...known, ...loaded(wanted)])
    for (const {strategy} of wanted) checkSuits(strategy, found.scenario)
    return new Simulation(request, found, wanted)
  }

  /** What a comparison shows unless it is told; undefined stands for the scenario as it is written. */
  get usual(): readonly (Wanted | undefined)[] {
    return usualWays(this.scenario).map(wantedFor)
  }

  /** What of that is shown side by side. */
  get few(): readonly (Wanted | undefined)[] {
    return fewWays(usualWays(this.scenario), this.scenario.releases).map(wantedFor)
  }

  /** One run; with `wanted` in the place of the scenario's strategies, otherwise as it is written. */
  run(
    wanted?: Wanted,
    {label = this.scenario.name, trace = false, crowds = true, witnesses}: Running = {},
  ): {report: Report; trace?: Trace} {
    const line = progressLine(label)
    const {seed} = this.#request
    try {
      return run(this.scenario, {
        strategies: [...known, ...loaded(wanted ? [wanted] : [])],
        ...(wanted && {replace: wanted.strategy.name}),
        ...(seed !== undefined && {seed}),
        trace,
        crowds,
        ...(witnesses && {witnesses}),
        progress: progress => line.show(progress),
      })
    } catch (error) {
      throw this.#failure(error, wanted)
    } finally {
      line.clear()
    }
  }

  /** The same run, to be made elsewhere: with that seed, and with more set over the file than was asked for. */
  cell(wanted: Wanted | undefined, seed = this.seed, set: readonly string[] = []): Cell {
    const sets = [...this.#request.set, ...set]
    return cellOf({scenario: this.#text(sets), strategy: wanted ? choiceOf(wanted) : null, set: sets, seed})
  }

  /** Throws a UserError that says what is wrong with the scenario once that is set over it as well. */
  check(set: readonly string[]): void {
    const {file, name, text, read} = this.file
    const overrides = [...this.#request.set, ...set]
    const result = parseScenario(text, {file, name, strategies: this.#strategies, read, overrides})
    if ('errors' in result) throw nothingRun(result.errors.map(format))
  }

  /** Of the first run, where there are several. */
  get seed(): number {
    return this.#request.seed ?? this.scenario.seed
  }

  /** A value that is set may name a file that has not been read yet; what is wrong with it is for whoever runs it to say. */
  #text(sets: readonly string[]): ScenarioText {
    const {file, name, text, read, files} = this.file
    if (sets.some(set => /file|[{[]/.test(set)))
      parseScenario(text, {file, name, strategies: this.#strategies, read, overrides: sets})
    return {typed: this.#request.scenario, file, name, text, data: Object.fromEntries(files)}
  }

  get #strategies(): readonly Strategy[] {
    return [...known, ...loaded(this.wanted)]
  }

  #failure(error: unknown, wanted: Wanted | undefined): Error {
    if (!wanted || !isStrategyFile(wanted.word)) return new RunFailure(error, this.#repeat(wanted))
    const failure = strategyFailure(wanted.word, wanted.strategy.name, error)
    return failure ?? new RunFailure(error, this.#repeat(wanted), ['zdr', wanted.word])
  }

  #repeat(wanted: Wanted | undefined): string {
    const {scenario, set} = this.#request
    const strategy = wanted ? ['--strategy', wanted.word] : []
    return commandLine(['run', scenario, '--seed', String(this.seed), ...strategy, ...set.flatMap(it => ['--set', it])])
  }

  /** What one types to have another verb do something with the same run. */
  commandOf(verb: string): string {
    const {scenario, strategies, seed, set} = this.#request
    const chance = seed === undefined ? [] : ['--seed', String(seed)]
    const ways = strategies.flatMap(it => ['--strategy', it])
    return commandLine([verb, scenario, ...ways, ...chance, ...set.flatMap(it => ['--set', it])])
  }
}

function wantedFor({replace}: Way): Wanted | undefined {
  const strategy = known.find(({name}) => name === replace)
  return strategy && {word: strategy.name, strategy}
}

const choiceOf = ({word, strategy: {name}}: Wanted): Choice =>
  isStrategyFile(word) ? {word, name, digest: digestOf(word)} : {word, name}

const loaded = (wanted: readonly Wanted[]) => wanted.map(({strategy}) => strategy).filter(it => !known.includes(it))

async function strategyFor(word: string, before: readonly Wanted[]): Promise<Strategy> {
  if (isStrategyFile(word)) return loadStrategy(word, [...known, ...loaded(before)])
  const found = known.find(({name}) => name === word)
  if (found) return found
  const near = nearest(
    word,
    known.map(({name}) => name),
  )
  const guess = near === undefined ? '' : `; did you mean ${near}?`
  const names = shipped.map(({name}) => name).join(', ')
  throw new UserError(
    `there is no strategy '${word}'${guess}\nstrategies: ${names}, those of zdr presets, or a file, as ./mine.ts`,
  )
}

interface Found {
  readonly scenario: Scenario
  readonly file: ScenarioFile
}

/** The scenario in a file, or of a shipped name, or a line for everything that is wrong with it. */
export function readScenario(
  argument: string,
  strategies: readonly Strategy[],
  overrides: readonly string[] = [],
): Found | {mistakes: string[]} {
  const file = openScenario(argument)
  const {text, ...about} = file
  const result = parseScenario(text, {...about, strategies, overrides})
  return 'scenario' in result ? {...result, file} : {mistakes: result.errors.map(format)}
}

function scenarioFor({scenario, set, strategies: words}: Request, strategies: readonly Strategy[]): Found {
  const result = readScenario(scenario, strategies, set)
  if ('scenario' in result) return result
  const [tier] = set.flatMap(it => /^release\.([^.]+)\.options\./.exec(it)?.[1] ?? [])
  const hint =
    tier === undefined || words.length === 0
      ? []
      : [
          `(what is set are options of the scenario's own strategy; --set release.${tier}.strategy=${words[0]} makes another its own)`,
        ]
  throw nothingRun(result.mistakes, hint)
}

function nothingRun(mistakes: readonly string[], hint: readonly string[] = []): UserError {
  const {length} = mistakes
  const what = length === 1 ? 'this is not right' : `these ${length} are not right`
  return new UserError([`nothing was run, for ${what}:`, ...mistakes, ...hint].join('\n'))
}

function checkSuits(strategy: Strategy, scenario: Scenario): void {
  if (suits(strategy, scenario)) return
  const releases = scenario.releases.map(({tier}) => `${tier} (${kindOf(tier, scenario.world.tiers)})`)
  const kinds = strategy.suits.join(', ') + (strategy.needs === undefined ? '' : needsInWords[strategy.needs])
  throw new UserError(
    `strategy '${strategy.name}' releases tiers of kind ${kinds}; ${scenario.name} releases ${releases.join(', ') || 'none'}`,
  )
}

const needsInWords = {database: ' that use a database', proxies: ' behind proxies'} as const
