/**
 * Where the fields of a record are: `fields[(slot << 3) | atKind]`; with `|` there is no overflow to check for. The first
 * two are its time. Plain numbers in a file of their own, which the bundler writes out where they are used.
 */
export const atNext = 2
export const atKind = 3
export const atRow = 4
export const atGeneration = 5
/** Fields of a record. */
export const width = 8

/** No event's slot. */
export const none = 0
/** The generation of a record that no timer means: the event has happened or was cancelled. */
export const dead = -1
/** So many events are sorted as they are, or passed to insert one; more are spread over buckets. */
export const few = 64
