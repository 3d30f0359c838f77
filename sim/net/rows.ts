/** A doubly linked list of rows: the connections of one process, the queue of one socket. Links live in `Links`. */
export class RowList {
  head = -1
  tail = -1
  size = 0
}

/** The links of all lists of one sort; a row is in at most one of them at a time. */
export class Links {
  private next = new Int32Array(0)
  private previous = new Int32Array(0)

  grow(capacity: number): void {
    this.next = grown(this.next, capacity)
    this.previous = grown(this.previous, capacity)
  }

  /** Puts `row` at the end. */
  add(list: RowList, row: number): void {
    this.next[row] = -1
    this.previous[row] = list.tail
    if (list.tail === -1) list.head = row
    else this.next[list.tail] = row
    list.tail = row
    list.size++
  }

  remove(list: RowList, row: number): void {
    const next = this.next[row]!
    const previous = this.previous[row]!
    if (next === -1) list.tail = previous
    else this.previous[next] = previous
    if (previous === -1) list.head = next
    else this.next[previous] = next
    list.size--
  }

  /** The rows now in `list`, so that a caller may move them while it goes through. */
  rows(list: RowList): number[] {
    const rows: number[] = []
    for (let row = list.head; row !== -1; row = this.next[row]!) rows.push(row)
    return rows
  }
}

/** A copy of `column` with room for `capacity` rows. */
export function grown<A extends Column>(column: A, capacity: number): A {
  const larger = new (column.constructor as new (length: number) => A)(capacity)
  larger.set(column)
  return larger
}
export type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array
