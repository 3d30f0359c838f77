import type {Desk} from '../desk/desk.ts'
import {h, say} from '../draw/dom.ts'
import {drawn} from '../draw/frame.ts'
import {editorButton} from './editor/editor.ts'
import {galleryButton} from './gallery/gallery.ts'
import {traceQuestion, traceTitle} from './heading.ts'
import {helpButton} from './help.ts'
import {openButton} from './open.ts'
import {shareButton} from './share/share.ts'
import {tourButton} from './tour.ts'

/** What is asked here, and where to go from it. */
export function header(desk: Desk): HTMLElement {
  const title = h('h1', {})
  const question = h('p', {class: 'question'})
  const notice = h('p', {class: 'notice', role: 'status'})
  const element = h('div', {class: 'what'}, title, question, notice)
  drawn(element, [desk.outline, desk.runs, desk.notice], () => {
    const {outline, runs} = desk
    say(title, outline.value?.title ?? traceTitle(desk.ready) ?? 'zdr')
    say(question, outline.value?.question ?? traceQuestion(desk.ready))
    say(notice, desk.notice.value)
    document.title = runs.value.length === 0 ? 'zdr' : `${title.textContent} · zdr`
  })
  const actions = [galleryButton, openButton, editorButton, tourButton, shareButton, helpButton].map(make => make(desk))
  return h('header', {}, element, h('nav', {'aria-label': 'What you can do here'}, ...actions))
}
