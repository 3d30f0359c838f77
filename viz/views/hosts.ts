import type {Desk} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'

export const hosts = (_desk: Desk): HTMLElement => h('div', {})
