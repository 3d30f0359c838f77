import type {Desk} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'

export const editorButton = (_desk: Desk): HTMLElement => h('button', {}, 'Change')
