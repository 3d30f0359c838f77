/** A copy of a key is a copy of the page that it lies on. */
const page = 4096

/** The pages that a node had to copy since it forked, for its child goes on seeing the old ones (copy on write). */
export class CopiedPages {
  private touched = new Uint8Array(0)
  private count = 0

  /** The first of its children is forked. */
  begin(keys: number): void {
    this.touched = new Uint8Array(keys)
  }

  /** A key is written. True if that takes a page more. */
  copy(key: number): boolean {
    if (this.touched[key] === 1) return false
    this.touched[key] = 1
    this.count++
    return true
  }

  /** No child is left. */
  end(): void {
    this.count = 0
  }

  /** Of a dataset that its keys share evenly: as much again at the most. */
  bytes(dataset: number, keys: number): number {
    return Math.min(dataset, this.count * Math.max(page, dataset / keys))
  }
}
