import type {ActorId} from '../../../sim/net/events.ts'
import type {Plan} from './plan.ts'

/** A host or L4 host where it is drawn; x and y are its upper left corner. All here is in pixels. */
export interface Tile {
  readonly actor: ActorId
  /** Place in the groups of the plan. */
  readonly group: number
  readonly isBalancer: boolean
  readonly x: number
  readonly y: number
  readonly size: number
}

export interface Layout {
  /** In the order of columns, groups and members. */
  readonly tiles: readonly Tile[]
  readonly labels: readonly Label[]
  /** Of each workload, where its work sets out. */
  readonly sources: readonly {readonly x: number; readonly y: number}[]
  /** Of each group, what surrounds its tiles. */
  readonly boxes: readonly Box[]
}
export interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly align: 'right' | 'center'
}
export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const largest = 36
const smallest = 2
/** Room above each group for its name. */
const heading = 16
/** Least room between columns, so that one sees what flows from one to the next. */
const lane = 20
const glyph = 6

const gapFor = (size: number): number => (size >= 16 ? 3 : size >= 6 ? 2 : 1)

/** A column with its place, as wide as the tiles in it that stand side by side. */
interface Column {
  readonly groups: readonly number[]
  readonly size: number
  readonly across: number
  readonly width: number
}

/** With the largest tiles that all have room. */
export function layoutOf(plan: Plan, width: number, height: number): Layout {
  const clients = clientsWidth(plan, width)
  for (let size = largest; ; size--) {
    const columns = plan.columns.map(groups => columnOf(plan, groups, size, height))
    const taken = clients + columns.reduce((sum, it) => sum + it.width + lane, 0)
    if (taken <= width || size === smallest) return placed(plan, columns, clients, width, height)
  }
}

/** Names of workloads are told where there is room for them. */
function clientsWidth({workloads}: Plan, width: number): number {
  const longest = Math.max(0, ...workloads.map(({length}) => length))
  return Math.min(longest * glyph + 12, Math.round(width * 0.2))
}

function columnOf(plan: Plan, groups: readonly number[], wanted: number, height: number): Column {
  const isSmall = groups.every(place => plan.groups[place]!.isBalancer)
  const size = isSmall ? Math.max(smallest, Math.round(wanted / 2)) : wanted
  const step = size + gapFor(size)
  const counts = groups.map(place => plan.groups[place]!.members.length)
  const room = Math.floor((height - groups.length * heading) / step)
  const rows = Math.max(groups.length, room)
  let across = 1
  while (sum(counts.map(count => Math.ceil(count / across))) > rows) across++
  const isTooHigh = room < rows && wanted > smallest
  return {groups, size, across, width: isTooHigh ? Number.POSITIVE_INFINITY : across * step - gapFor(size)}
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, it) => all + it, 0)

function placed(plan: Plan, columns: readonly Column[], clients: number, width: number, height: number): Layout {
  const between = (width - clients - sum(columns.map(it => it.width))) / Math.max(1, columns.length)
  const tiles: Tile[] = []
  const labels: Label[] = []
  const boxes: Box[] = []
  let x = clients + between
  for (const column of columns) {
    const left = Math.floor(x)
    let top = Math.max(0, Math.floor((height - heightOf(plan, column)) / 2))
    for (const place of column.groups) {
      const {name, members, isBalancer} = plan.groups[place]!
      const room = column.width + between - 4
      const text = shortened(isBalancer ? 'L4' : name, room)
      labels.push({text, x: left + column.width / 2, y: top + heading - 5, align: 'center'})
      const box = boxOf(column, members.length, left, top + heading)
      boxes[place] = box
      members.forEach((actor, k) => tiles.push({actor, group: place, isBalancer, ...squareOf(column, k, box)}))
      top = box.bottom + gapFor(column.size)
    }
    x += column.width + between
  }
  const sources = sourcesOf(plan, clients, height)
  const names = sources.map((at, i) => ({
    text: shortened(plan.workloads[i]!, clients - 4),
    x: at.x - 5,
    y: at.y + 3.5,
    align: 'right' as const,
  }))
  return {tiles, labels: [...labels, ...names], boxes, sources}
}

function heightOf(plan: Plan, {groups, size, across}: Column): number {
  const rows = groups.map(place => Math.ceil(plan.groups[place]!.members.length / across))
  return sum(rows) * (size + gapFor(size)) + groups.length * heading
}

function boxOf({size, across, width}: Column, count: number, left: number, top: number): Box {
  const rows = Math.ceil(count / across)
  return {left, right: left + width, top, bottom: top + rows * (size + gapFor(size)) - gapFor(size)}
}

function squareOf({size, across}: Column, k: number, {left, top}: Box): Pick<Tile, 'x' | 'y' | 'size'> {
  const step = size + gapFor(size)
  return {x: left + (k % across) * step, y: top + Math.floor(k / across) * step, size}
}

/** Above each other, in the middle. */
function sourcesOf({workloads}: Plan, x: number, height: number): {x: number; y: number}[] {
  const step = Math.min(28, (height - heading) / Math.max(1, workloads.length))
  const first = (height + heading - (workloads.length - 1) * step) / 2
  return workloads.map((_, i) => ({x, y: first + i * step}))
}

function shortened(text: string, room: number): string {
  const most = Math.max(1, Math.floor(room / glyph))
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}

/** The tile that one comes to from another by an arrow key; the same if there is none that way. */
export function neighbour(tiles: readonly Tile[], from: number, dx: number, dy: number): number {
  const here = middle(tiles[from]!)
  let [best, least] = [from, Number.POSITIVE_INFINITY]
  tiles.forEach((tile, i) => {
    const there = middle(tile)
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx)
    if (along <= 0.5 || (dx === 0 && tile.group !== tiles[from]!.group && aside > tile.size * 2)) return
    if (along + 3 * aside < least) [best, least] = [i, along + 3 * aside]
  })
  return best
}

export const middle = ({x, y, size}: Tile) => ({x: x + size / 2, y: y + size / 2})
