import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {expect, test} from 'vitest'
import {readOpenMetrics} from '../export/prometheus.ts'
import {folderWith, small, zdr} from './command.ts'

test('a run is written for Perfetto, packed if the name says so, beside a trace of its own', async () => {
  const folder = folderWith({'small.yaml': small})
  const {code} = await zdr(folder, 'run', 'small.yaml', '--perfetto', 'tracks.json.gz', '--trace', 'run.json')
  expect(code).toBe(0)
  const tracks = JSON.parse(gunzipSync(readFileSync(join(folder, 'tracks.json.gz'))).toString())
  expect(tracks.otherData).toMatchObject({scenario: 'small', seed: 1})
  const instants = tracks.traceEvents.filter(({ph}: {ph: string}) => ph === 'i')
  const {disruptions} = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))
  expect(instants.length).toBe(disruptions.total)
})

test('a report is printed as OpenMetrics, and in one format only', async () => {
  const folder = folderWith({'small.yaml': small})
  const [text, two, odd] = await Promise.all([
    zdr(folder, 'run', 'small.yaml', '--openmetrics'),
    zdr(folder, 'run', 'small.yaml', '--openmetrics', '--json'),
    zdr(folder, 'run', 'small.yaml', '--perfetto', 'tracks.pftrace'),
  ])
  expect(readOpenMetrics(text.stdout).length).toBeGreaterThan(10)
  expect([two.code, two.stderr]).toEqual([2, 'zdr: --json and --openmetrics exclude each other: choose one\n'])
  expect([odd.code, odd.stderr]).toEqual([
    2,
    "zdr: --perfetto wants a file name that ends in .json or .json.gz, not 'tracks.pftrace'\nzdr run --help says more\n",
  ])
})
