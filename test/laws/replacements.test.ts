import {replacements} from './groups.ts'
import {areKept} from './kept.ts'

areKept(replacements)
