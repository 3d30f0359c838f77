import type {Time} from '../time.ts'

/** A chunk holds 16 entries, 256 bytes: four lines of cache. */
const bits = 4
const size = 1 << bits
const mask = size - 1
const none = -1

/**
 * The room of all lists: chunks of (time, timer) entries in one buffer, so that appending allocates nothing and an entry
 * is read next to its neighbours. (Linked records are fetched from memory one by one, each after the one before.)
 */
export class Chunks {
  /** Entry i stands at 2 i: its time, then its timer. */
  entries = new Float64Array(2 * size * 64)
  /** The chunk that follows a chunk in its list, or in the list of free ones. */
  #next = new Int32Array(64)
  #free = none
  #used = 0

  /** A chunk that nobody uses, the last of its list. */
  take(): number {
    let chunk = this.#free
    if (chunk === none) chunk = this.#fresh()
    else this.#free = this.#next[chunk]!
    this.#next[chunk] = none
    return chunk
  }

  link(chunk: number, next: number): void {
    this.#next[chunk] = next
  }

  after(chunk: number): number {
    return this.#next[chunk]!
  }

  /** Frees a chunk and gives the one that follows it. */
  release(chunk: number): number {
    const next = this.#next[chunk]!
    this.#next[chunk] = this.#free
    this.#free = chunk
    return next
  }

  #fresh(): number {
    if (this.#used === this.#next.length) this.#grow()
    return this.#used++
  }

  #grow(): void {
    const {entries} = this
    const next = this.#next
    this.entries = new Float64Array(2 * entries.length)
    this.entries.set(entries)
    this.#next = new Int32Array(2 * next.length)
    this.#next.set(next)
  }
}

/** A number of lists of (time, timer) entries, each in the order in which its entries were appended. */
export class Lists {
  readonly #chunks: Chunks
  /** The first chunk of each list; of no meaning while the list is empty. */
  #first: Int32Array
  /** The place after the last entry of each list, 0 while it is empty. */
  #end: Int32Array

  constructor(chunks: Chunks, count: number) {
    this.#chunks = chunks
    this.#first = new Int32Array(count)
    this.#end = new Int32Array(count)
  }

  /** Sees to it that there are `count` lists; all of them must be empty. */
  provide(count: number): void {
    if (count <= this.#end.length) return
    this.#first = new Int32Array(count)
    this.#end = new Int32Array(count)
  }

  isEmpty(list: number): boolean {
    return this.#end[list] === 0
  }

  append(list: number, time: Time, timer: number): void {
    let at = this.#end[list]!
    if ((at & mask) === 0) at = this.#extend(list, at)
    const {entries} = this.#chunks
    entries[2 * at] = time
    entries[2 * at + 1] = timer
    this.#end[list] = at + 1
  }

  /** At the edge of a chunk, an end belongs to the chunk before it. */
  #extend(list: number, end: number): number {
    const chunk = this.#chunks.take()
    if (end === 0) this.#first[list] = chunk
    else this.#chunks.link((end - 1) >> bits, chunk)
    return chunk << bits
  }

  /** At least as many as there are entries, and less than 16 more. */
  roughCount(list: number, most: number): number {
    if (this.#end[list] === 0) return 0
    let count = 0
    for (let chunk = this.#first[list]!; chunk !== none && count < most; chunk = this.#chunks.after(chunk)) count += size
    return count
  }

  first(list: number): number {
    return this.#first[list]!
  }
  end(list: number): number {
    return this.#end[list]!
  }
  forget(list: number): void {
    this.#end[list] = 0
  }
}

/** Goes through a list, a chunk at a time: entries `from` up to `to`. */
export class Reader {
  readonly #chunks: Chunks
  from = 0
  to = 0
  #chunk = none
  #end = 0
  #current = none

  constructor(chunks: Chunks) {
    this.#chunks = chunks
  }

  open(lists: Lists, list: number): void {
    this.#end = lists.end(list)
    this.#chunk = this.#end === 0 ? none : lists.first(list)
    this.#current = none
  }

  next(): boolean {
    return this.#to(this.#chunk === none ? none : this.#chunks.after(this.#chunk))
  }

  /** As `next`, and frees the chunk before. */
  take(): boolean {
    if (this.#current !== none) this.#chunks.release(this.#current)
    return this.#to(this.#chunk === none ? none : this.#chunks.after(this.#chunk))
  }

  #to(next: number): boolean {
    const chunk = this.#chunk
    this.#current = chunk
    this.#chunk = next
    if (chunk === none) return false
    this.from = chunk << bits
    this.to = next === none ? this.#end : this.from + size
    return true
  }
}
