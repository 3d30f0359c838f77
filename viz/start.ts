import {readAddress} from './desk/address.ts'
import type {Desk, Sheet} from './desk/desk.ts'
import {tellErrors} from './desk/files.ts'
import {follow, keepAddress, look} from './desk/permalink.ts'
import {type ReadyRun, ready} from './desk/run.ts'
import {type Given, given} from './given.ts'

/** What a page shows that was asked for nothing. */
const usualScenario = 'edge-release'

/** Lays on the desk what the page was given, and what its address says of that or of something else, now and later. */
export async function start(desk: Desk): Promise<void> {
  try {
    const hash = location.hash.slice(1)
    const names = new URLSearchParams(hash).has('scenario')
    const it = await given()
    const address = await readAddress(names ? hash : `${it.address ?? ''}&${hash}`, it.scenario)
    await lay(desk, address.sheet, names ? [] : it.runs)
    look(desk, address)
    tellErrors(desk)
    const isGiven = !names && (it.scenario !== undefined || it.runs.length > 0)
    keepAddress(desk, isGiven ? desk.sheet.value : undefined)
    addEventListener('hashchange', async () => follow(desk, await readAddress(location.hash, it.scenario)))
  } catch (error) {
    desk.notice.set(error instanceof Error ? error.message : String(error))
  }
}

async function lay(desk: Desk, sheet: Sheet | undefined, runs: Given['runs']): Promise<void> {
  if (sheet === undefined && runs.length > 0)
    for (const [i, {lane, trace}] of runs.entries()) await desk.open(trace, lane.label, i > 0)
  else if (sheet === undefined || runs.length === 0) await desk.show(sheet ?? {source: {name: usualScenario, sets: []}})
  else await desk.show({...sheet, lanes: runs.map(({lane}) => lane)}, await opened(desk, runs))
}

/** What cannot be opened is missing here, and is simulated. */
async function opened({engine}: Desk, runs: Given['runs']): Promise<readonly ReadyRun[]> {
  const answers = runs.map(({trace}) => engine.ask({kind: 'open', file: trace}).answer)
  const found = (await Promise.all(answers)).map((answer, i) => {
    const {lane, report} = runs[i]!
    return answer.kind === 'run' ? [ready(lane, answer.recording, report)] : []
  })
  return found.flat()
}
