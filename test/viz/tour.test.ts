import {beforeAll, describe, expect, test} from 'vitest'
import {usualWays} from '../../sim/comparison.ts'
import {run} from '../../sim/run.ts'
import {known} from '../../sim/strategies/index.ts'
import {ready} from '../../viz/desk/run.ts'
import {recordingOf} from '../../viz/recording/recording.ts'
import {arithmeticIn} from '../../viz/views/tour/ending.ts'
import {contestant, type Matter, type Step} from '../../viz/views/tour/steps.ts'
import {tourOf} from '../../viz/views/tour/tour.ts'
import {outlineOf} from '../../viz/worker/outline.ts'
import {shipped} from '../shipped.ts'

/** The runs of a shipped scenario, as the page has them. */
function matterOf(name: string): Matter {
  const scenario = shipped(name)
  const ways = usualWays(scenario).slice(0, 4)
  const choices = known.map(it => ({name: it.name, summary: it.summary, isPreset: false, options: {}}))
  const runs = ways.map((way, i) => {
    const {report, trace} = run(scenario, {trace: true, ...(way.replace !== undefined && {replace: way.replace})})
    return contestant(i, ready({...way, sets: []}, recordingOf(trace!), report))
  })
  const text = '# worked out: 27\ntitle: it\n'
  return {outline: outlineOf(scenario, {}, ways, choices), text, runs, end: scenario.world.end}
}

const titles = (steps: readonly Step[]) => steps.map(({title}) => title)
const captionOf = (steps: readonly Step[], start: string) =>
  steps.slice(1).find(({title}) => title.startsWith(start))?.caption

describe('a tour', () => {
  let matter: Matter
  let steps: Step[]
  beforeAll(() => {
    matter = matterOf('accept-queue')
    steps = tourOf(matter)
  })

  test('leads from the question by the batch and who notices to what it should come to and what came of it', () => {
    expect(titles(steps)).toEqual([
      'What waits in the accept queue',
      'Before',
      'reuseport-handover begins with 1 of 10 hosts of edge',
      'The first who notice: 5',
      'hard-restart begins with 1 of 10 hosts of edge',
      'The first who notice: 837',
      'graceful-drain begins with 1 of 10 hosts of edge',
      'socket-takeover begins with 1 of 10 hosts of edge',
      'The worst 10 ms',
      'Capacity falls to 90.0 %',
      'What it should come to',
      'The end',
    ])
  })

  test('tells what a strategy does to sockets, and to whom', () => {
    expect(captionOf(steps, 'reuseport-handover begins')).toMatch(
      /^0:00.200: Start the new process.* 100 ms later the new process listens on the same port, and the old one closes/,
    )
    expect(captionOf(steps, 'hard-restart begins')).toMatch(/is killed with all that it holds\. Nobody listens there/)
  })

  test('says why, and what to do about it', () => {
    expect(captionOf(steps, 'The first who notice: 5')).toBe(
      'From 0:00.300 on: 5 reset (accept queue closed). To have less of that, pass the listening sockets on instead of closing them with connections still waiting.',
    )
  })

  test('looks at an instant that its window shows, in a run that is there', () => {
    for (const {title, time, window, focus} of steps) {
      const isThere = time >= window.from && time <= window.to && window.from >= 0 && window.to <= matter.end
      expect([title, isThere, focus in matter.runs]).toEqual([title, true, true])
    }
  })

  test('ends with what the comparison concludes', () => {
    expect(steps.at(-2)!.lines).toBe('worked out: 27')
    expect(steps.at(-1)!.caption).toMatch(/socket-takeover disrupts nothing\. It takes 2\.8 s/)
  })

  test('says of which runs something was expected', () => {
    expect(steps.at(-2)!.caption).toBe(
      'The scenario file works it out beforehand: all 4 expectations of it are met under C reuseport-handover and D socket-takeover; of the others it expects nothing.',
    )
  })

  test('names runs that end with the same number, and tells why only where the events do', () => {
    expect(steps.at(-1)!.caption).toMatch(
      /By the end of the run B graceful-drain and D socket-takeover have the same number of disruptions, 0\.$/,
    )
    const [, , closing, passing] = matter.runs
    const empty = {...closing!, run: {...passing!.run, lane: closing!.run.lane}}
    expect(tourOf({...matter, runs: [empty, passing!]}).at(-1)!.caption).toMatch(
      /have the same number of disruptions, 0: nobody was in an accept queue that was closed\.$/,
    )
  })

  test('sets the worst of each run beside the worst of all', () => {
    expect(captionOf(steps, 'The worst 10 ms')).toBe(
      '107 requests break within 10 ms, at 0:01.473, under A hard-restart; the worst 10 ms of C reuseport-handover have 5.',
    )
  })

  test('does not tell of a fork again what it has in common with its origin', () => {
    const [own] = matter.runs
    const [one, two] = [own!, {...own!, index: 1}].map((_, i, all) => tourOf({...matter, runs: all.slice(0, i + 1)}))
    expect(titles(two!).filter(title => title.includes('begins'))).toEqual(
      titles(one!).filter(title => title.includes('begins')),
    )
  })

  test('is the same each time', () => {
    expect(tourOf(matter)).toEqual(steps)
  })

  test('leads through a single run as well, without comparing it', () => {
    const alone = tourOf({...matter, outline: undefined, runs: matter.runs.slice(0, 1)})
    expect(titles(alone)).toContain('The worst 10 ms')
    expect(alone.at(-1)!.caption).toMatch(/^In the end 8,119 of all/)
    expect(alone.map(({caption}) => caption).join()).not.toMatch(/under A/)
  })

  test('has no stop where nothing has been run', () => {
    expect(tourOf({...matter, runs: []})).toEqual([])
  })
})

describe('a tour through what breaks by itself', () => {
  test('tells when the host died, and when that was noticed', () => {
    const steps = tourOf(matterOf('dead-host'))
    expect(captionOf(steps, 'A host dies')).toBe(
      '0:20: edge.3 loses power: no FIN, no RST, and whoever waits for it waits in vain. It gets new work until all who probe it believe that it is dead, 11.8 s later.',
    )
    expect(captionOf(steps, 'The first who notice')).toMatch(/timed out \(host was dead\)/)
  })
})

describe('a tour through a takeover of UDP sockets', () => {
  let steps: Step[]
  beforeAll(() => {
    steps = tourOf(matterOf('udp-takeover'))
  })

  test('tells that listening sockets are passed, and who is cut at the end of the drain', () => {
    expect(captionOf(steps, 'socket-takeover begins')).toMatch(
      /each old process passes its listening sockets to the new one: none is closed, and nobody is refused/,
    )
    expect(captionOf(steps, 'The drain ends')).toMatch(
      /^At 1:12, after a drain of 1 min, what the old processes still hold is cut: 4,000 of quic\./,
    )
    expect(captionOf(steps, 'socket-takeover begins')).toMatch(/What it still holds has until 1:12 to end\.$/)
  })

  test('names the same instants for the end of a drain wherever it speaks of it', () => {
    expect(captionOf(steps, 'graceful-drain begins')).toMatch(/until its process ends, from 1:21 to 1:22\.$/)
    expect(steps.map(({caption}) => caption).join()).toMatch(/From 1:21 to 1:22, after a drain of 1 min,/)
  })

  test('begins with each strategy once, and has no more than 14 stops', () => {
    const begin = titles(steps).flatMap(title => /^(\S+) begins/.exec(title)?.[1] ?? [])
    expect(begin.toSorted()).toEqual(['graceful-drain', 'hard-restart', 'reuseport-handover', 'socket-takeover'])
    expect(steps).toHaveLength(14)
  })

  test('tells where packets go astray, and where none does', () => {
    expect(captionOf(steps, '5,348 packets')).toMatch(
      /under C reuseport-handover.*None is misrouted under B graceful-drain and D socket-takeover/,
    )
  })

  test('tells of the storm where it is worst', () => {
    expect(captionOf(steps, 'The storm')).toMatch(/3,826 of quic do within 1 s under D socket-takeover\. The most/)
  })
})

test('the arithmetic of a scenario is its comments at the margin, without the one for editors', () => {
  const text = '# yaml-language-server: $schema=x\ntitle: it\n\n# 1 + 1\n#   = 2\nend: 1m\n  # no\n#\n# so 3\n'
  expect(arithmeticIn(text)).toBe('1 + 1\n  = 2\n\nso 3')
})
