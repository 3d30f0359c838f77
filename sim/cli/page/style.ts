/** Colours of Okabe and Ito, those of them that stand out from the background, by day and by night. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2126; --faint: #5b6570; --rule: #dfe3e7; --wash: #f5f7f9;
  --line-1: #0072b2; --line-2: #d55e00; --line-3: #009e73; --line-4: #b4588f;
  --good: #00704f; --bad: #b04a00; --maybe: #7a5a00; --none: #5b6570;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --ink: #e8ebee; --faint: #9aa5b0; --rule: #2d343b; --wash: #1b2026;
    --line-1: #56b4e9; --line-2: #e69f00; --line-3: #2bc298; --line-4: #cc79a7;
    --good: #3fcf9f; --bad: #f0955a; --maybe: #e6c44c; --none: #9aa5b0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 3rem; max-width: 78rem;
  background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
}
h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 0 0 .3rem; font-size: 1.2rem; line-height: 1.3; display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: baseline; }
p { margin: .4rem 0; max-width: 60rem; }
small, .remark, footer, details { color: var(--faint); font-size: .85rem; }
header p:last-child { color: var(--faint); }
.tally { font-size: 1.15rem; font-weight: 600; }
a { color: var(--line-1); }
.id { color: var(--faint); font-variant-numeric: tabular-nums; }
section { margin-top: 2rem; padding-top: 1.3rem; border-top: 1px solid var(--rule); }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem .7rem; text-align: left; vertical-align: top; }
thead th { color: var(--faint); font-weight: 500; font-size: .82rem; }
tbody tr { border-top: 1px solid var(--rule); }
.verdicts { width: 100%; margin-top: 1.2rem; }
.verdicts tbody tr:hover { background: var(--wash); }
.verdicts td:nth-child(2) { width: 22%; }
.verdicts td:nth-child(3) { width: 26%; }
.verdicts small { display: block; }
.verdicts ul { margin: 0; padding: 0; list-style: none; }
.strength { text-align: center; }
.verdict { font-size: .9rem; font-weight: 600; white-space: nowrap; }
.verdict i, .claims i { font-style: normal; }
.reproduced { color: var(--good); }
.lacks { color: var(--bad); font-size: .9rem; }
.lacks i { font-style: normal; }
.short { color: var(--bad); }
.undecided { color: var(--maybe); }
.recalled-only { color: var(--maybe); }
.not-simulated { color: var(--none); font-weight: 400; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.2rem 2rem; align-items: start; margin-top: .8rem; }
figure { margin: 0; }
figcaption { min-height: 3rem; }
.legend { margin: .3rem 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .85rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
svg.figure { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--faint); font: 13px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg .label, svg .row, svg .value { fill: var(--ink); }
svg .value { font-weight: 600; }
.grid { stroke: var(--rule); }
.mark { stroke: var(--faint); stroke-dasharray: 1 3; }
li b, td b { white-space: nowrap; }
.claims td { white-space: nowrap; }
.claims td small { display: block; white-space: normal; }
.claims tbody th { min-width: 8rem; }
.beside th, .beside td { padding-inline: 0 .8rem; }
.below { grid-column: 1 / -1; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.interval { stroke-width: 6; stroke-linecap: round; opacity: .4; }
.band { opacity: .22; }
circle.published { fill: none; stroke: var(--ink); stroke-width: 1.6; }
.wide { overflow-x: auto; }
.claims .missed { color: var(--bad); }
.claims .undecided { color: var(--maybe); }
.claims tbody th { font-weight: 400; }
details { margin: .4rem 0; }
summary { cursor: pointer; }
pre { overflow-x: auto; margin: .4rem 0; }
.numbers th, .numbers td { padding: .15rem .7rem; text-align: right; }
.numbers td { white-space: nowrap; }
@media (max-width: 72rem) { .beside { grid-column: 1 / -1; } }
@media (max-width: 52rem) {
  .verdicts, .verdicts tbody { display: block; }
  .verdicts thead { display: none; }
  .verdicts tr { display: grid; grid-template-columns: 3rem 1fr auto; gap: .15rem .4rem; padding: .8rem 0; }
  .verdicts th, .verdicts td { width: auto !important; padding: 0; grid-column: 2 / -1; }
  .verdicts th { grid-area: 1 / 1; }
  .verdicts td:nth-child(2) { grid-area: 2 / 2 / auto / -1; font-weight: 600; }
  .verdicts td:nth-child(6) { grid-area: 1 / 3; }
  .verdicts .strength { grid-area: 1 / 2; text-align: left; color: var(--faint); }
  .claims th, .claims td { padding: .35rem .4rem .35rem 0; font-size: .82rem; }
  .claims tbody th { min-width: 6.5rem; }
  svg text { font-size: 15.5px; }
  figcaption { min-height: 0; }
}
@media (max-width: 36rem) {
  .claims table, .claims tbody { display: block; }
  .claims thead { display: none; }
  .claims tr { display: flex; flex-wrap: wrap; gap: 0 1.2rem; padding: .4rem 0; }
  .claims tbody th { flex: 1 0 100%; }
  .claims th, .claims td { padding: 0; }
  .claims td:empty { display: none; }
  .claims td::before { content: attr(data-head) " "; color: var(--faint); }
  pre { white-space: pre-wrap; }
  .numbers th, .numbers td { padding: .15rem .3rem; font-size: .75rem; white-space: normal; overflow-wrap: break-word; }
}
@media print { details { display: none; } section { break-inside: avoid; } }
`
