/** What threads can be asked for; the built file is what each of them begins with. */

export {replication} from '../reproduction/replications.ts'
export {cell} from './cell.ts'
