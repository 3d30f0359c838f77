import * as v from 'valibot'
import {type Duration, seconds} from '../engine/time.ts'
import type {Read} from './empirical.ts'
import {type Path, pathText, type ScenarioError, shown} from './error.ts'
import {isReportPath, type Wish, type Wishes} from './expectation.ts'
import {unknownKeyType} from './issue.ts'
import {Overrides} from './overrides.ts'
import {checkReferences} from './references.ts'
import type {StrategyFacts} from './release.ts'
import type {Expectation, Scenario} from './scenario.ts'
import {scenarioSchema} from './schema.ts'
import {nowhere, type Source} from './source.ts'
import {plainValue, type ReadValue} from './value.ts'

export interface CheckOptions {
  /** What messages call the file. */
  readonly file: string
  /** What `run NAME` calls the scenario. */
  readonly name: string
  readonly strategies: readonly StrategyFacts[]
  /** Reads a file that the scenario names; without it, naming one is an error. */
  readonly read?: Read
  /** As `path=value`, each over the ones before. They change the source. */
  readonly overrides?: readonly string[]
  /** Reads their values; without it they are one word or number each. */
  readonly readValue?: ReadValue
}

export type Checked = {readonly scenario: Scenario} | {readonly errors: readonly ScenarioError[]}

/** A scenario with every default in place, or everything that is wrong with it, first things first. Never throws. */
export function checkScenario(
  source: Source,
  {file, name, strategies, read = nothingToRead, overrides = [], readValue = plainValue}: CheckOptions,
): Checked {
  const sets = new Overrides(source.root, overrides, readValue)
  const errors: ScenarioError[] = sets.refusals.map(refusal => ({file, ...nowhere, ...refusal}))
  const report = reporter({file, source, sets, errors})
  const result = v.safeParse(scenarioSchema(strategies, read).scenario, source.root, {abortPipeEarly: true})
  for (const issue of result.issues ?? []) reportIssue(issue, report)
  checkReferences(source.root, strategies, report)
  if (errors.length > 0 || !result.success) return {errors: inOrder(errors)}
  const lineOf = (path: Path) => (sets.origin(path) === undefined ? source.place(path, 'key').line : 0)
  return {scenario: scenarioOf(name, result.output, lineOf)}
}

const mostErrors = 100
/** All that are gathered to be put in order; a list of thousands may be wrong in every place. */
const mostGathered = 1_000

const nothingToRead: Read = path => {
  throw new Error(`there is nothing to read ${path} with`)
}

interface Context {
  readonly file: string
  readonly source: Source
  readonly sets: Overrides
  readonly errors: ScenarioError[]
}

type Reporter = (path: Path, found: string, wanted: string, what?: 'key' | 'value') => void

function reporter({file, source, sets, errors}: Context): Reporter {
  return (path, found, wanted, what = 'value') => {
    if (errors.length >= mostGathered) return
    const set = sets.origin(path)
    const place = set === undefined ? source.place(path, what) : {...nowhere, set}
    errors.push({file, ...place, path: pathText(path), found, wanted})
  }
}

function reportIssue(issue: v.BaseIssue<unknown>, report: Reporter): void {
  const path = (issue.path ?? []).map(({key}) => (typeof key === 'number' ? key : String(key)))
  if (issue.type !== unknownKeyType)
    report(path, path.length === 0 ? rootShown(issue.input) : shown(issue.input), issue.message)
  else report(path, 'an unknown key', issue.message, 'key')
}

const rootShown = (input: unknown): string => (input === null ? 'an empty file' : shown(input))

function inOrder(errors: readonly ScenarioError[]): readonly ScenarioError[] {
  return errors.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, mostErrors)
}

type Output = v.InferOutput<ReturnType<typeof scenarioSchema>['scenario']>

function scenarioOf(name: string, output: Output, lineOf: (path: Path) => number): Scenario {
  const {title = name, question = '', end, seed, tiers, traffic, release, faults, changes, expect} = output
  const resolution = output.resolution ?? defaultResolution(end)
  return {
    name,
    title,
    question,
    seed,
    world: {end, resolution, tiers, traffic, faults, changes},
    releases: Object.entries(release).map(([tier, plan]) => ({tier, ...plan})),
    expect: Object.entries(expect).flatMap(([key, wish]) => expectationsOf(key, wish, lineOf)),
  }
}

const defaultResolution = (end: Duration): Duration => seconds(Math.ceil(end / seconds(600)))

function expectationsOf(key: string, wish: Wish | Wishes, lineOf: (path: Path) => number): readonly Expectation[] {
  if (isReportPath(key)) return [{path: key, ...(wish as Wish), line: lineOf(['expect', key])}]
  const line = (path: string) => lineOf(['expect', key, path])
  return Object.entries(wish as Wishes).map(([path, it]) => ({path, under: key, ...it, line: line(path)}))
}
