import {held} from '../../metrics/expect.ts'
import type {ExpectReport, Report} from '../../metrics/report.ts'
import type {Expectation, Scenario} from '../../scenario/scenario.ts'
import {concise, none, percent} from '../../words/figures.ts'
import type {Cell, Row, Table} from '../../words/table.ts'
import {drawTable, type Paper} from './table.ts'

/** All that a scenario expects of its report, and by how much it is not met. */
export function drawExpectations(report: Report, scenario: Scenario, paper: Paper): string {
  const {expect} = report
  if (expect.length === 0) return ''
  const unmet = expect.filter(({met}) => !met).length
  const summary = unmet === 0 ? '' : paper.style('red', `${unmet} of ${expect.length} not met`)
  return drawTable(tableOf('Expected', expect, report, scenario), paper) + (summary && `${summary}\n`)
}

/** The same for one of several strategies, of which only what is not met is worth its lines. */
export function drawUnmet(report: Report, scenario: Scenario, paper: Paper, strategy: string): string {
  const unmet = report.expect.filter(({met}) => !met)
  return unmet.length === 0 ? '' : drawTable(tableOf(`Expected of ${strategy}`, unmet, report, scenario), paper)
}

/** A line that says so, if something was expected of several strategies and all of it is met. */
export function allMet(reports: readonly Report[]): string {
  const expect = reports.flatMap(report => report.expect)
  if (expect.length === 0 || !expect.every(({met}) => met)) return ''
  return expect.length === 1 ? 'The one expectation is met.\n' : `All ${expect.length} expectations are met.\n`
}

function tableOf(title: string, expect: readonly ExpectReport[], report: Report, scenario: Scenario): Table {
  const rows = expect.flatMap(it => expectationRows(it, wishBehind(it, report, scenario)))
  return {title, columns: ['wanted', 'got', ''], rows}
}

function expectationRows({path, wanted, got, met}: ExpectReport, wish: Expectation | undefined): Row[] {
  const verdict: Cell = met ? {text: 'met'} : {text: 'NOT MET', format: 'red'}
  const row = {head: path, cells: [{text: wanted}, {text: shown(got)}, verdict]}
  const off = !met && wish ? offBy(got, wish) : ''
  return off === '' ? [row] : [row, {head: `  ${off}`, cells: [], format: 'red'}]
}

const shown = (got: ExpectReport['got']) =>
  got === null ? none : typeof got === 'number' ? String(Number(got.toPrecision(6))) : got

const wishBehind = ({path, wanted}: ExpectReport, report: Report, scenario: Scenario) =>
  scenario.expect.find(wish => wish.path === path && held(report, wish).wanted === wanted)

/** By how much a number misses a wish, and what share of the wish that is; empty where nothing can be counted. */
export function offBy(got: ExpectReport['got'], {is, atLeast, atMost}: Partial<Expectation>): string {
  const wanted = is ?? (typeof got === 'number' && atLeast !== undefined && got < atLeast ? atLeast : atMost)
  if (typeof got !== 'number' || typeof wanted !== 'number') return ''
  const difference = got - wanted
  const share = wanted === 0 ? '' : ` (${percent(Math.abs(difference / wanted))} %)`
  return `too ${difference > 0 ? 'high' : 'low'} by ${concise(Math.abs(difference))}${share}`
}
