import type {Desk} from '../../desk/desk.ts'
import {h} from '../../draw/dom.ts'
import {bind} from '../../keys.ts'

/** A place for the host that is picked. What tells of it is fetched when first one is. */
export function inspector(desk: Desk): HTMLElement {
  const place = h('div', {})
  const end = desk.picked.watch(async () => {
    if (desk.picked.value?.kind !== 'host') return
    end()
    place.append((await import('./panel.ts')).panel(desk))
  })
  bind({key: 'Escape', about: 'put down what is picked', group: 'Views', press: () => desk.picked.set(undefined)})
  return place
}
