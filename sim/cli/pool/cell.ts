import type {Cell, Choice} from '../../experiment/cell.ts'
import type {Failure, Row} from '../../experiment/row.ts'
import {runCell, ScenarioMistake} from '../../experiment/run.ts'
import {known} from '../../strategies/index.ts'
import type {Strategy} from '../../strategies/strategy.ts'
import {commandLine} from '../failure.ts'
import {digestOf, loadStrategy, strategyFailure} from '../strategy-file.ts'
import {UserError} from '../user-error.ts'

/** Makes the run of a cell; what goes wrong is a row as well. Never throws. */
export async function cell(it: Cell): Promise<Row> {
  try {
    return runCell(it, await ownStrategy(it.strategy))
  } catch (error) {
    return failureOf(it, error)
  }
}

/** Files are compiled once. */
const compiled = new Map<string, Strategy>()

async function ownStrategy(choice: Choice | null): Promise<Strategy | undefined> {
  if (choice?.digest === undefined) return undefined
  const {word, digest} = choice
  if (digestOf(word) !== digest) throw new UserError(`${word} is not what it was when this run was asked for`)
  const strategy = compiled.get(digest) ?? (await loadStrategy(word, known))
  compiled.set(digest, strategy)
  return strategy
}

/** What went wrong with a cell, and whose mistake that is. */
export function failureOf(cell: Cell, error: unknown): Failure {
  const repeat = repeatOf(cell)
  if (error instanceof ScenarioMistake) return {error: error.message, blame: 'scenario', repeat}
  if (error instanceof UserError) return {error: error.message, blame: 'strategy', repeat}
  const {word = '', name = '', digest} = cell.strategy ?? {}
  const theirs = digest === undefined ? undefined : strategyFailure(word, name, error)
  if (theirs !== undefined) return {error: theirs.message, blame: 'strategy', repeat}
  return {error: error instanceof Error ? error.message : String(error), blame: 'zdr', repeat}
}

/** The command line that makes the same run. */
export function repeatOf({scenario, strategy, set, seed}: Cell): string {
  const way = strategy === null ? [] : ['--strategy', strategy.word]
  return commandLine(['run', scenario.typed, '--seed', String(seed), ...way, ...set.flatMap(it => ['--set', it])])
}
