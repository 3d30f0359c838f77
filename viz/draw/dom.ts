type Attribute = string | number | boolean | undefined | ((event: never) => void)
type Child = Node | string | undefined | false

/**
 * An element with attributes and children. A function is a listener: `onclick`. True is an attribute without a value; what
 * is false or undefined is left out. Text is always text: nothing that a file says becomes markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  dress(element, attributes)
  for (const child of children) if (child !== undefined && child !== false) element.append(child)
  return element
}

/** The same for pictures made of shapes. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  dress(element, attributes)
  for (const child of children) if (child !== undefined && child !== false) element.append(child)
  return element
}

function dress(element: Element, attributes: Readonly<Record<string, Attribute>>): void {
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
}

/** Sets a text only if it is another one, for screen readers hear every change. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
