/** Text as it may stand in HTML, between tags or in an attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

/** Attributes of an element; those that are undefined are left out. */
export const attributes = (all: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')

/** An element with what stands in it, which is HTML already. */
export const element = (name: string, about: Parameters<typeof attributes>[0], inside = ''): string =>
  `<${name}${attributes(about)}>${inside}</${name}>`
