/** Where in the scrubber its rows lie, in pixels from its top: a row for each run, then a strip for each but one. */
export interface Layout {
  readonly axis: number
  readonly row: number
  readonly strip: number
  readonly height: number
  rowTop(run: number): number
  stripTop(strip: number): number
}

/** On a page that is so wide; on a narrow one all is lower, for what is shown above needs the room. */
export function layoutOf(runs: number, width: number): Layout {
  const [axis, row, strip] = width < 640 ? [16, 11, 11] : [15, 14, 12]
  const strips = Math.max(0, runs - 1)
  const rowTop = (run: number) => axis + run * row
  const stripTop = (k: number) => axis + runs * row + 2 + k * strip
  return {axis, row, strip, height: stripTop(strips), rowTop, stripTop}
}
