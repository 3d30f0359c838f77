import {rest} from './groups.ts'
import {areKept} from './kept.ts'

areKept(rest)
