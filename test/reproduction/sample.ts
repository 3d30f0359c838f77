import type {Reading, Target} from '../../sim/reproduction/target.ts'

/** A target that claims one number to lie between 9 and 11, and draws it and a curve. */
export const sample = (about: Partial<Target> = {}): Target => ({
  id: 'R1',
  title: 'Apples <per> basket & day',
  published: {says: 'ten "or so"', standing: 'seen', source: 'a slide'},
  strength: 'A',
  arms: {only: {scenario: 'edge-release', strategy: 'hard-restart'}},
  read: () => reading(10),
  claims: [{about: 'apples', number: 'apples', unit: 'kg', digits: 1, published: 10, atLeast: 9, atMost: 11}],
  figures: [
    {
      kind: 'curves',
      title: 'Apples over time',
      caption: 'They fall.',
      x: {label: 'days'},
      y: {label: 'apples, kg'},
      lines: [{label: 'our basket', curve: 'fall'}],
      published: {
        label: 'their basket',
        points: [
          [0, 10],
          [1, 9],
        ],
      },
      marks: [{at: 0.5, label: 'storm'}],
    },
    {
      kind: 'numbers',
      title: 'Apples in all',
      caption: 'There are ten.',
      x: {label: 'apples, kg', from: 0},
      rows: [{label: 'our basket', number: 'apples', published: 10}],
    },
  ],
  ...about,
})

/** A replication in which there were so many apples. */
export const reading = (apples: number): Reading => ({
  numbers: {apples},
  curves: {fall: {at: [0, 1, 2], value: [apples, apples - 1, apples - 2]}},
})
