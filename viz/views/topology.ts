import type {Desk} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'

export const topology = (_desk: Desk, _index: number): HTMLElement => h('div', {})
