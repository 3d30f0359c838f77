import type {Scenario} from '../../scenario/scenario.ts'
import {comparison} from '../../words/comparison.ts'
import {type Contender, conclusion} from '../../words/conclusion.ts'
import {allMet, drawUnmet} from './expectations.ts'
import {paragraphs} from './prose.ts'
import {drawHeader, drawWarnings} from './run.ts'
import {drawTable, type Paper} from './table.ts'

/** Several strategies on the same traffic: a column for each, and what follows from it in words. */
export function drawComparison(contenders: readonly Contender[], scenario: Scenario, paper: Paper): string {
  const reports = contenders.map(({report}) => report)
  const parts = [
    drawHeader(scenario, reports[0]!, paper, ['the same traffic for each']),
    drawTable(comparison(contenders), paper),
    ...contenders.map(({strategy, report}) => drawUnmet(report, scenario, paper, strategy)),
    allMet(reports),
    drawWarnings(reports, paper),
    paragraphs(conclusion(contenders), paper.width),
  ]
  return parts.filter(part => part !== '').join('\n')
}
