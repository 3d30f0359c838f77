import type {Desk} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'

export const numbers = (_desk: Desk): HTMLElement => h('div', {})
