import type {Span} from '../../draw/timeline.ts'
import type {LifeColumns} from '../../recording/recording.ts'

type Times = Pick<LifeColumns, 'from' | 'to' | 'client'>

/** Lives in lanes below one another. */
export class Rack {
  /** Rows of the recording's lives, lane by lane, each in order of their begin. */
  readonly rows: Int32Array
  /** Where the rows of each lane begin; one more than there are lanes. */
  readonly first: Int32Array
  /** The row for which each lane stands where it does: of the run whose rows were put in order. */
  readonly lead: Int32Array

  constructor(rows: Int32Array, first: Int32Array, lead: Int32Array) {
    this.rows = rows
    this.first = first
    this.lead = lead
  }

  get lanes(): number {
    return this.lead.length
  }

  of(lane: number): Int32Array {
    return this.rows.subarray(this.first[lane], this.first[lane + 1])
  }

  /** The lane of a row; -1 if it is in none. */
  laneOf(row: number): number {
    const place = this.rows.indexOf(row)
    if (place < 0) return -1
    let [low, high] = [0, this.lanes]
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (this.first[middle]! <= place) low = middle
      else high = middle
    }
    return low
  }
}

const isIn = ({from, to}: Times, row: number, span: Span): boolean => from[row]! <= span.to && to[row]! >= span.from

/** A lane for each life of which something can be seen in a span. */
export function lanePerLife(lives: Times, rows: Int32Array, span: Span): Rack {
  const seen = rows.filter(row => isIn(lives, row, span))
  return new Rack(
    seen,
    Int32Array.from({length: seen.length + 1}, (_, lane) => lane),
    seen,
  )
}

/** The clients of rows of which something can be seen, in the order in which they first appear there, with that row. */
export function clientsOf(lives: Times, rows: Int32Array, span: Span): ReadonlyMap<number, number> {
  const lead = new Map<number, number>()
  for (const row of rows) if (isIn(lives, row, span) && !lead.has(lives.client[row]!)) lead.set(lives.client[row]!, row)
  return lead
}

/** A lane for each client, with all of its lives in a span. */
export function lanePerClient(lives: Times, clients: ReadonlyMap<number, number>, span: Span): Rack {
  const laneOf = new Map([...clients.keys()].map((client, lane) => [client, lane]))
  const first = new Int32Array(clients.size + 1)
  const lanes = Int32Array.from(lives.client, (client, row) =>
    isIn(lives, row, span) ? (laneOf.get(client) ?? -1) : -1,
  )
  for (const lane of lanes) if (lane >= 0) first[lane + 1]!++
  for (let lane = 0; lane < clients.size; lane++) first[lane + 1]! += first[lane]!
  const rows = new Int32Array(first[clients.size]!)
  const filled = first.slice()
  lanes.forEach((lane, row) => {
    if (lane >= 0) rows[filled[lane]!++] = row
  })
  return new Rack(rows, first, Int32Array.from(clients.values()))
}
