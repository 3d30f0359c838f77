import {type Cell, cellOf} from '../../sim/experiment/cell.ts'

/** Two hosts that are killed one after the other; sessions live as a file says. */
export const text = `
title: A small edge
end: 20s
tiers:
  edge: {kind: server, hosts: 2, boot: 1s, behind: {l4lb: {}}}
traffic:
  web: {kind: http, to: edge, rate: 50/s, service: {empirical: {file: times.csv}}}
release:
  edge: {strategy: hard-restart, at: 2s, options: {batch: 1}}
expect:
  traffic.web.refused: {atLeast: 1}
`
const times = '1ms\n2ms\n'

/** A run of it, as it is written but for `parts`. */
export const cellWith = (parts: Partial<Cell> & {readonly yaml?: string; readonly csv?: string} = {}): Cell => {
  const {yaml = text, csv = times, ...rest} = parts
  const scenario = {typed: 'small.yaml', file: 'small.yaml', name: 'small', text: yaml, data: {'times.csv': csv}}
  return {...cellOf({scenario, strategy: null, set: [], seed: 1}), ...rest}
}
