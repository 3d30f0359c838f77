import {rgb} from 'd3'
import {describe, expect, test} from 'vitest'
import {heatMap} from '../../../sim/cli/page/heat/page.ts'
import {rampOver} from '../../../sim/cli/page/heat/ramp.ts'
import {failed, outcomeWith, rowWith} from './outcomes.ts'

/** What a reader sees of a page: the texts of its table cells, panel by panel. */
const squares = (html: string) =>
  html
    .split('<figure>')
    .slice(1)
    .map(figure =>
      [...figure.matchAll(/<td (?:style|class)[^>]*>(.*?)<\/td>/g)].map(([, inside]) =>
        inside!
          .replace(/<[^>]*>/g, ' ')
          .replace(/ +/g, ' ')
          .trim(),
      ),
    )

describe('the heat-map', () => {
  test('has for each measure and each strategy a square for each point, with its mean and interval', () => {
    const html = heatMap(
      outcomeWith(({way, point, seed}) =>
        rowWith({
          'disruption.fraction': way / 10 + point / 1000 + (seed - 1) / 1e4,
          'release.duration': way === 0 ? null : 60 * point,
        }),
      ),
    )
    const [written, drain, writtenRelease] = squares(html)
    // Two hosts and three hosts across, three pauses down, which go round first.
    expect(written!.map(text => text.split(' ')[0])).toEqual(['0.005', '0.305', '0.105', '0.405', '0.205', '0.505'])
    expect(written![0]).toBe('0.005 ± 0.064')
    expect(drain![0]).toMatch(/^10\.005 ±/)
    expect(new Set(writtenRelease)).toEqual(new Set(['–']))
    expect(html).not.toContain('<script')
    expect(html).toContain('zdr sweep small.yaml --vary tiers.edge.hosts=2,3')
  })

  test('says in a square how many of its runs failed, and shows the rest', () => {
    const html = heatMap(
      outcomeWith(({point, seed}) =>
        point === 0 || (point === 1 && seed === 2) ? failed : rowWith({'disruption.fraction': 0.5}),
      ),
    )
    expect(squares(html)[0]!.slice(0, 3)).toEqual(['– 2 failed', '50.000 ± 0.000', '50.000 1 failed'])
  })

  test('has a panel for each value of further axes, as many as one can look at', () => {
    const vary = ['tiers.edge.hosts=2,3', 'tiers.edge.cores=1,2', 'tiers.edge.boot=1s..9s:9', 'end=20s,21s']
    const html = heatMap(
      outcomeWith(() => rowWith({'disruption.fraction': 0.1}), {vary, measures: ['disruption.fraction']}),
    )
    expect(squares(html)).toHaveLength(24)
    expect(html).toContain('as written · boot 1s · end 20s')
    expect(html).toContain('12 more panels')
  })

  test('of points that are no grid has each at its place', () => {
    const vary = ['tiers.edge.hosts=2..5', 'release.edge.options.pause=1s..10m']
    const html = heatMap(
      outcomeWith(({point}) => rowWith({'disruption.fraction': point / 100}), {vary, design: 'sobol:16'}),
    )
    expect([...html.matchAll(/<circle/g)]).toHaveLength(16 * 2)
    expect(html.includes('pause, min')).toBe(true)
  })

  test('lets no text of a scenario become a part of the page', () => {
    const yaml = outcomeWith(() => rowWith({'disruption.fraction': 0}))
    const html = heatMap({...yaml, about: {...yaml.about, title: '<script>alert(1)</script>'}})
    expect(html).not.toContain('<script')
  })
})

test('the legend says which end of the colours is good, or that all is the same', () => {
  const html = heatMap(
    outcomeWith(
      ({point}) => rowWith({'disruption.fraction': point / 10, 'capacity.min': point / 10, 'release.duration': 9}),
      {
        measures: ['disruption.fraction', 'capacity.min', 'release.duration'],
      },
    ),
  )
  expect(html.match(/Darker is better|Lighter is better|The same everywhere/g)).toEqual([
    'Darker is better',
    'Lighter is better',
    'The same everywhere',
  ])
})

describe('colours', () => {
  const luminance = (css: string) => {
    const {r, g, b} = rgb(css)
    const [red = 0, green = 0, blue = 0] = [r, g, b]
      .map(it => it / 255)
      .map(it => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  test('get lighter with the value, and text on each of them can be read (WCAG AA)', () => {
    const ramp = rampOver([0, 1])
    const shares = Array.from({length: 101}, (_, i) => i / 100)
    const paints = shares.map(share => ramp.colour(share))
    const light = paints.map(({background}) => luminance(background))
    for (const [i, it] of light.entries()) if (i > 0) expect(it).toBeGreaterThan(light[i - 1]! - 1e-3)
    for (const {background, ink} of paints) {
      const [low, high] = [luminance(background), luminance(ink)].toSorted((a, b) => a - b)
      expect((high! + 0.05) / (low! + 0.05)).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('are spent on small values where most are small', () => {
    const even = rampOver([0, 50, 100])
    const skew = rampOver([0, 1, 2, 3, 100])
    expect([even.at(0.5), skew.at(0.5)]).toEqual([50, 25])
  })
})
