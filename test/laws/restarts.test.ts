import {restarts} from './groups.ts'
import {areKept} from './kept.ts'

areKept(restarts)
