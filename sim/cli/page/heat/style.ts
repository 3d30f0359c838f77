/** Beside that of all pages: squares, colours, and the choice of a measure without a script. */
export const heatStyle = `
.choice { position: absolute; opacity: 0; pointer-events: none; }
.tabs { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1.2rem 0 .6rem; }
.tabs label { padding: .3rem .8rem; border: 1px solid var(--rule); border-radius: 1rem; cursor: pointer; }
.tabs label:hover { background: var(--wash); }
.measure { display: none; border: 0; margin: 0; padding: .6rem 0 0; }
.measure h2 { margin-bottom: .5rem; }
.ramp { max-width: 20rem; font-size: .85rem; font-variant-numeric: tabular-nums; margin-bottom: 1rem; }
.strip { height: .9rem; border-radius: .2rem; }
.ends { display: flex; justify-content: space-between; color: var(--faint); }
.measure svg text { font-size: 17px; }
.measure .figures { grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
.measure figcaption { min-height: 0; font-weight: 600; margin-bottom: .2rem; overflow-wrap: anywhere; }
.heat { border-collapse: separate; border-spacing: 2px; }
.heat th { color: var(--faint); font-weight: 500; font-size: .82rem; text-align: right; vertical-align: middle; padding: .2rem .4rem; }
.heat thead th { text-align: center; }
.heat thead tr:last-child th:first-child { text-align: right; }
.heat td { padding: .35rem .55rem; text-align: center; vertical-align: middle; border-radius: .2rem; min-width: 4.2rem; line-height: 1.25; }
.heat thead td { min-width: 0; padding: 0; }
.heat small { display: block; color: inherit; font-size: .75rem; }
.heat .nothing { color: var(--faint); background: repeating-linear-gradient(45deg, var(--wash), var(--wash) 4px, var(--rule) 4px, var(--rule) 5px); }
.heat .unfinished { background-image: repeating-linear-gradient(45deg, transparent, transparent 6px, currentColor 6px, currentColor 7px); }
.heat .unfinished b, .heat .unfinished small { background: inherit; background-image: none; }
.spot.unfinished { stroke-dasharray: 2 2; stroke-width: 2.5; }
.spot { stroke: var(--ink); stroke-width: .8; }
@media (max-width: 36rem) { .heat td { min-width: 3.4rem; padding: .3rem .3rem; } }
@media print { .tabs { display: none; } .measure { display: block; } .heat td, .strip { print-color-adjust: exact; } }
`

/** Which measure is seen follows from which button is pressed. */
export const choiceStyle = (count: number): string =>
  Array.from(
    {length: count},
    (_, i) => `
#choose-${i}:checked ~ main .measure-${i} { display: block; }
#choose-${i}:checked ~ .tabs label[for=choose-${i}] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
#choose-${i}:focus-visible ~ .tabs label[for=choose-${i}] { outline: 2px solid var(--line-1); outline-offset: 2px; }`,
  ).join('')
