import type {Desk} from './desk/desk.ts'
import {h} from './draw/dom.ts'
import {header} from './views/header.ts'
import {inspector} from './views/inspector/inspector.ts'
import {overview} from './views/overview.ts'
import {story} from './views/story/story.ts'
import {tabs} from './views/tabs.ts'
import {tourCaption} from './views/tour.ts'
import {transport} from './views/transport.ts'

/** Everything that one sees, from top to bottom. */
export const page = (desk: Desk): HTMLElement =>
  h(
    'div',
    {class: 'page'},
    header(desk),
    h('main', {}, overview(desk), tabs(desk)),
    inspector(desk),
    story(desk),
    h('div', {class: 'dock'}, tourCaption(desk), transport(desk)),
  )
