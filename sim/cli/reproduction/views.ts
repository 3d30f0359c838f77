/** Everything that shows conclusions, in one place to load. */

export {page} from '../page/page.ts'
export {drawConclusions} from '../terminal/conclusions.ts'
export {json} from './json.ts'
