import type {PostsReport} from '../metrics/report.ts'
import type {Observed} from './observed.ts'
import {target} from './target.ts'

const scenario = 'app-release'
const posts = ({report}: Observed): PostsReport => report.posts!.post!

/** Of all POSTs in the 25 minutes of a release of the app tier (the recalled median), in percent. */
function share(run: Observed): number {
  const perMinute = run.report.traffic.post!.started / (run.report.end / 60)
  return (100 * posts(run).disrupted.count) / (25 * perMinute)
}

/** Disrupted since the beginning, over seconds. */
function sum(run: Observed) {
  const {at, value} = run.curve(run.series('post.disrupted'))
  let total = 0
  return {at: at.map(minute => minute * 60), value: value.map(count => (total += count))}
}

export const r8 = target({
  id: 'R8',
  title: 'POSTs disrupted by a release of app servers, with and without Partial POST Replay',
  published: {says: 'median about 0.0008 %', standing: 'recalled', source: 'the paper’s evaluation, figure 11'},
  strength: 'C',
  arms: {
    replay: {scenario},
    drain: {scenario, strategy: 'graceful-drain'},
    kill: {scenario, strategy: 'hard-restart'},
  },
  read: ({replay, drain, kill}) => ({
    numbers: {
      drain: posts(drain).disrupted.count,
      share: share(drain),
      replay: posts(replay).disrupted.count,
      seen379: posts(replay).answers['379'],
      handedBack: posts(replay).handedBack,
      replays: posts(replay).replayed === 0 ? 1 : posts(replay).replays.mean,
      kill: posts(kill).disrupted.count,
    },
    curves: {replay: sum(replay), drain: sum(drain), kill: sum(kill)},
  }),
  claims: [
    {about: 'disrupted, drain of 12 s', number: 'drain', unit: '', digits: 1, atLeast: 3, atMost: 12, strength: 'B'},
    {
      about: 'disrupted, drain of 12 s, of all POSTs in 25 min',
      number: 'share',
      unit: '%',
      digits: 5,
      published: 0.0008,
      atLeast: 0.0002,
      atMost: 0.004,
    },
    {about: 'disrupted, with replay', number: 'replay', unit: '', digits: 1, atLeast: 0, atMost: 0, strength: 'B'},
    {about: '379s that reach a user', number: 'seen379', unit: '', digits: 1, atLeast: 0, atMost: 0, strength: 'B'},
    {about: 'replays of a POST handed back', number: 'replays', unit: '', digits: 2, atMost: 1.5, strength: 'B'},
    {about: 'handed back', number: 'handedBack', unit: '', digits: 1},
    {about: 'disrupted, hard restart', number: 'kill', unit: '', digits: 0},
  ],
  figures: [
    {
      kind: 'curves',
      title: 'Disrupted POSTs since the beginning',
      caption:
        'A drain of 12 seconds loses the few that are longer; what servers hand back with a 379 is not lost at all.',
      x: {label: 'time, seconds', from: 0},
      y: {label: 'disrupted POSTs', from: 0, to: 15},
      lines: [
        {label: 'drain', curve: 'drain'},
        {label: 'Partial POST Replay', curve: 'replay'},
      ],
    },
  ],
  remark:
    'The law of upload durations is not known. A Pareto law of shape 2 was chosen so that about one POST in 100,000 is hit; that nobody notices with replay does not hang on it.',
})
