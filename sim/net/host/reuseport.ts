/**
 * The sockets that are bound to one port with `SO_REUSEPORT` (socket(7)), as the kernel keeps them: an array, in which a
 * flow falls to `socks[reciprocal_scale(hash, n)]`. A socket that is bound is put at the end; when one is closed the last
 * takes its place (Linux `net/core/sock_reuseport.c`). So n tells flows apart, and whoever changes n moves them.
 */
export class ReuseportGroup<S> {
  private readonly slots: S[] = []

  /** In the order of the array. */
  get sockets(): readonly S[] {
    return this.slots
  }

  add(socket: S): void {
    this.slots.push(socket)
  }

  remove(socket: S): void {
    const slot = this.slots.indexOf(socket)
    const last = this.slots.pop()!
    if (last !== socket) this.slots[slot] = last
  }

  /** The socket that a flow falls to, by 32 bits of its hash; undefined if nobody is bound. */
  pick(hash: number): S | undefined {
    return this.slots[reciprocalScale(hash, this.slots.length)]
  }
}

/** Spreads 32 bits evenly over 0 … n - 1 (Linux `include/linux/kernel.h`). */
export const reciprocalScale = (hash: number, n: number): number => Math.floor((hash / 2 ** 32) * n)
