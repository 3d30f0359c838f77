import type {Desk} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'

export const transport = (_desk: Desk): HTMLElement => h('footer', {})
