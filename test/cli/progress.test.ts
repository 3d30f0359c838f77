import {expect, test} from 'vitest'
import {type ProgressLine, progressLine} from '../../sim/cli/progress.ts'

/** What a line writes to a screen while a clock goes on, step by step. */
function written(steps: readonly number[], isTTY: boolean, end = (line: ProgressLine) => line.clear()): string[] {
  const texts: string[] = []
  let now = 0
  const line = progressLine('hard-restart', {isTTY, columns: 80, write: text => texts.push(text)}, () => now)
  for (const ms of steps) {
    now = ms
    line.show({now: 1830e6, end: 7320e6, events: 3e6})
  }
  end(line)
  return texts
}

test('a run of less than a second shows nothing', () => {
  expect(written([10, 500, 999], true)).toEqual([])
})

test('a longer one shows simulated time, events per second and time left, and takes the line away at the end', () => {
  const text = 'hard-restart · 30:30 of 2:02:00 simulated · 0:05 left · 2.00 M events/s'
  expect(written([10, 1500], true)).toEqual([`\r\u001b[K${text}`, '\r\u001b[K'])
})

test('the line is drawn ten times a second at most', () => {
  expect(written([1000, 1050, 1099, 1101, 1150], true, () => {})).toHaveLength(2)
})

test('the line is never as wide as the screen, for then it would break', () => {
  const [line = ''] = written([100_000], true)
  expect(line.replace('\r\u001b[K', '').length).toBeLessThan(80)
})

test('what is no terminal gets not a byte', () => {
  expect(written([1500, 5000], false)).toEqual([])
})
