import {describe, expect, test} from 'vitest'
import {obey} from '../../sim/cli/command-line.ts'
import {UserError} from '../../sim/cli/user-error.ts'
import {folderWith, small} from './command.ts'

/** What is said about a command line that has a mistake. */
async function complaintAbout(words: readonly string[]): Promise<string> {
  const error = await obey(words).then(
    code => new Error(`done, exit code ${code}`),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UserError)) throw error
  return error.message
}

describe('a mistake in the words of a command line is told, with what was probably meant', () => {
  test.each([
    ['runn', "there is no verb 'runn'; did you mean run?"],
    ['comapre edge-release', "there is no verb 'comapre'; did you mean compare?"],
    [
      'frobnicate',
      'verbs: run, compare, solve, sweep, merge, worker, view, reproduce, list, presets, check, lint, explain, schema, init, completion',
    ],
    ['edge-release', 'did you mean zdr run edge-release?'],
    ['--hepl', 'zdr has no option --hepl; did you mean --help?'],
    ['run', 'something is missing: zdr run <scenario>'],
    ['run a b', "'b' is one argument too many"],
    ['run a --sed 3', 'zdr run has no option --sed; did you mean --seed?'],
    ['run a --sed=3', 'zdr run has no option --sed; did you mean --seed?'],
    ['run a -z', 'zdr run has no option -z'],
    ['run a --no-json', 'has no option --no-json'],
    ['run a --strategies hard-restart', '--strategies is an option of zdr compare, not of zdr run'],
    ['compare a --strategy hard-restart', '--strategy is an option of zdr run, not of zdr compare'],
    ['compare a --strategie hard-restart', 'did you mean --strategies?'],
    ['run a --__proto__ b', 'has no option'],
    ['run a --seed', '--seed wants a value'],
    ['run a --seed abc', "--seed wants a whole number from 0 to 9007199254740991, not 'abc'"],
    ['run a --seed -1', "not '-1'"],
    ['run a --seed 1e999', "not '1e999'"],
    ['run a --seed 1.5', "not '1.5'"],
    ['run a --seed 9007199254740992', "not '9007199254740992'"],
    ['run a --seed 1 --seed 2', '--seed is given 2 times; it takes one value'],
    ['run a --set traffic.web.rate', "--set wants PATH=VALUE, as traffic.web.rate=800/s, not 'traffic.web.rate'"],
    ['run a --json --csv', '--json and --csv exclude each other'],
    ['compare a --json --csv', '--json and --csv exclude each other'],
    ['compare a --strategies ,', '--strategies wants at least one name'],
    ['run a --trace run.txt', "--trace wants a file name that ends in .json or .json.gz, not 'run.txt'"],
    ['solve a --target disruption<=1%', '--param is missing'],
    ['check', 'something is missing: zdr check <files..>'],
    ['list everything', "'everything' is one argument too many"],
  ])('zdr %s', async (line, complaint) => {
    expect(await complaintAbout(line.split(' '))).toContain(complaint)
  })
})

describe('a mistake in what is asked for is told, with what was probably meant', () => {
  test.each([
    ['run edge-relase', 'did you mean the shipped scenario edge-release?'],
    ['run scenarios/nowhere/edge-release.yaml', 'did you mean the shipped scenario edge-release?'],
    ['run qqqqqqqqqq', /shipped scenarios: .*edge-release/],
    ['run .', 'cannot read .: is a folder'],
    ['run edge-release --strategy hardrestart', 'did you mean hard-restart?'],
    ['run edge-release --strategy qqqqqqq', /strategies: hard-restart, graceful-drain.*\.\/mine\.ts/],
    ['run edge-release --strategy ./qqqqqqq.ts', 'cannot load ./qqqqqqq.ts: no such file or folder'],
    ['compare edge-release --strategies hard-restart,graceful', 'did you mean graceful-drain?'],
    ['run edge-release --set traffic.web.rat=3/s', '"rate"'],
    ['run edge-release --trace nowhere/run.json', 'cannot write nowhere/run.json: no such file or folder'],
  ])('zdr %s', async (line, complaint) => {
    expect(await complaintAbout(line.split(' '))).toMatch(complaint)
  })
})

test('a file of more than a megabyte is not read', async () => {
  const folder = folderWith({'big.yaml': new Uint8Array(2 ** 20 + 1)})
  expect(await complaintAbout(['run', `${folder}/big.yaml`])).toMatch(/more than 1 MiB/)
})

test('a device without an end is not read to its end', async () => {
  expect(await complaintAbout(['run', '/dev/zero'])).toMatch(/more than 1 MiB/)
})

test('a file that is no text is told to be none', async () => {
  const folder = folderWith({'binary.yaml': Uint8Array.of(0xff, 0xfe, 0x00)})
  expect(await complaintAbout(['run', `${folder}/binary.yaml`])).toMatch(/no text in UTF-8/)
})

test('all that is wrong with a scenario is told at once, with file, line and column', async () => {
  const folder = folderWith({'bad.yaml': small.replace('hosts: 2', 'hosts: two').replace('rate:', 'rat:')})
  const complaint = await complaintAbout(['run', `${folder}/bad.yaml`])
  expect(complaint).toMatch(/bad\.yaml:6:\d+ tiers\.edge\.hosts: found "two"/)
  expect(complaint).toMatch(/bad\.yaml:8:\d+ traffic\.web\.rat: .*"rate"/)
})

test('a strategy that suits none of the tiers that are released is refused', async () => {
  const file = `import {strategy} from 'zdr'
    export default strategy({name: 'mine', summary: '', suits: ['broker'], options: {}, *release() {}})`
  const folder = folderWith({'small.yaml': small, 'mine.ts': file})
  const complaint = await complaintAbout(['run', `${folder}/small.yaml`, '--strategy', `${folder}/mine.ts`])
  expect(complaint).toBe("strategy 'mine' releases tiers of kind broker; small releases edge (server)")
})

test('an existing file is not written over by init', async () => {
  const folder = folderWith({'mine.yaml': small})
  expect(await complaintAbout(['init', `${folder}/mine.yaml`])).toMatch(/is there already; --force writes over it/)
})
