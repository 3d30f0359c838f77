/** The scenarios that come with zdr, by name. */
const files = import.meta.glob<string>('../../scenarios/*.yaml', {query: '?raw', import: 'default'})

export const shippedNames = Object.keys(files).map(nameOf)

/** The text of a shipped scenario; undefined if there is none of that name. */
export async function shippedText(name: string): Promise<string | undefined> {
  return files[`../../scenarios/${name}.yaml`]?.()
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length)
}
