/** Something that changes, and tells whoever wants to know. */
export interface Watched {
  /** Calls `watcher` after every change, from now on, until what this gives is called. */
  watch(watcher: () => void): () => void
}

/** A value that changes. */
export class Signal<T> implements Watched {
  #value: T
  readonly #watchers = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set(next: T): void {
    if (Object.is(next, this.#value)) return
    this.#value = next
    for (const watcher of this.#watchers) watcher()
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }
}
