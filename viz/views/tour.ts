import type {Desk} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'

export const tourButton = (_desk: Desk): HTMLElement => h('button', {}, 'Tour')
export const tourCaption = (_desk: Desk): HTMLElement => h('section', {hidden: true})
