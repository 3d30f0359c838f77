import type {Report} from '../metrics/report.ts'
import {causeInWords, causesOf} from './causes.ts'
import {count, inWords, percent} from './figures.ts'
import {type Losses, lossesOf, lossIn} from './losses.ts'
import {lowestCapacity, releaseDuration} from './measures.ts'

/** A report under the name of the strategy that took every release. */
export interface Contender {
  readonly strategy: string
  readonly report: Report
}

/**
 * What an operator may take from a comparison: which strategy disrupts least, what it costs, what is left to mend.
 * A release that did not come to its end, or was halted before all hosts had the new version, is no choice yet.
 */
export function conclusion(contenders: readonly Contender[]): string[] {
  const done = contenders.filter(isDone)
  const undone = contenders.filter(it => !isDone(it))
  if (done.length === 0) return []
  const gentle = lowest(done, ({report}) => report.disruption.count + lossIn(report))
  const quick = lowest(gentle, duration)[0]!
  const choice =
    done.length < contenders.length && done.length === 1
      ? only(quick)
      : gentlest(
          gentle,
          quick,
          done.some(({report}) => lossIn(report) > 0),
        )
  return [...unfinished(undone), choice, ...alternative(done, quick), ...forgetful(contenders), ...remainder(quick)]
}

/** Those that lose something, which no disruption tells. */
function forgetful(contenders: readonly Contender[]): string[] {
  const losing = (what: keyof Losses, words: string) => {
    const found = contenders.filter(({report}) => lossesOf(report)[what] > 0)
    return found.length === 0 ? [] : [`${listed(found)} ${found.length === 1 ? 'loses' : 'lose'} ${words}.`]
  }
  return [
    ...losing('writes', 'writes that were acknowledged, and nobody is told'),
    ...losing('rows', 'the newest values of rows, and nobody is told'),
    ...losing('publishes', 'publishes'),
  ]
}

const isDone = ({report}: Contender) => releaseDuration(report) !== null && !leftUndone(report)

/** What they have cost so far says little, so it comes first. */
function unfinished(undone: readonly Contender[]): string[] {
  if (undone.length === 0) return []
  const [their, cost] = undone.length === 1 ? ['its', 'it costs'] : ['their', 'they cost']
  return [`${listed(undone)} did not come to ${their} end within the run, so what ${cost} is not all told.`]
}

/** One that came to its end, where no other did, is nothing to choose. */
function only({strategy, report}: Contender): string {
  const {count: number, fraction} = report.disruption
  const what = number === 0 ? 'nothing' : `${count(number)} (${percent(fraction, 3)} %)`
  return `Only ${strategy} did, in ${inWords(releaseDuration(report)!)}; it disrupts ${what}.`
}

/** Whether a release was halted, and some host is left on the old version, as far as a report tells. */
const leftUndone = ({release, tiers}: Report) =>
  Object.entries(release).some(([tier, {haltedAt}]) => haltedAt !== undefined && tiers[tier]?.processes.old !== 0)

const duration = ({report}: Contender) => releaseDuration(report) ?? Infinity

function lowest(contenders: readonly Contender[], figure: (contender: Contender) => number): Contender[] {
  const best = Math.min(...contenders.map(figure))
  return contenders.filter(contender => figure(contender) === best)
}

const listed = (contenders: readonly Contender[]) =>
  contenders
    .map(({strategy}) => strategy)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1')

/** `losing`: whether there are others that lose something. */
function gentlest(gentle: readonly Contender[], best: Contender, losing: boolean): string {
  const {count: number, fraction} = best.report.disruption
  const verbs =
    losing && lossIn(best.report) === 0 ? ['disrupts and loses', 'disrupt and lose'] : ['disrupts', 'disrupt']
  const verb = verbs[gentle.length === 1 ? 0 : 1]
  const what = number === 0 ? 'nothing' : `least: ${count(number)} (${percent(fraction, 3)} %)`
  const capacity = lowestCapacity(best.report) ?? 1
  const kept = capacity === 1 ? 'keeps all hosts' : `leaves at least ${percent(capacity)} % of the hosts`
  const cost = `${inWords(duration(best))} and ${kept} taking new work`
  return `${listed(gentle)} ${verb} ${what}. ${gentle.length === 1 ? 'It' : best.strategy} takes ${cost}.`
}

/** What haste would cost, if another strategy that loses no more is through sooner. */
function alternative(contenders: readonly Contender[], best: Contender): string[] {
  const most = lossIn(best.report)
  const [soonest] = lowest(
    contenders.filter(({report}) => lossIn(report) <= most),
    duration,
  )
  if (!soonest || duration(soonest) >= duration(best)) return []
  const more = soonest.report.disruption.count - best.report.disruption.count
  const price = more === 0 ? 'at no cost' : `for ${count(more)} more disruptions`
  return [`${soonest.strategy} is through in ${inWords(duration(soonest))}, ${price}.`]
}

function remainder({strategy, report}: Contender): string[] {
  const [worst] = causesOf(report)
  if (!worst) return []
  const {words, advice} = causeInWords(worst[0])
  return [`What is left under ${strategy} is mostly: ${words}. To have less of that, ${advice}.`]
}
