import {Desk} from './desk/desk.ts'
import {wearTheme} from './desk/theme.ts'
import {dye, onNightfall} from './draw/palette.ts'
import {dropTarget} from './drop.ts'
import {page} from './page.ts'
import {start} from './start.ts'

wearTheme()
dye()
onNightfall(dye)
const desk = new Desk()
document.body.append(page(desk), dropTarget(desk))
void start(desk)
