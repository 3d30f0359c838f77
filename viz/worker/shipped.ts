/** The documents of the scenarios that come with zdr, parsed when the page was built. */
const files = import.meta.glob<unknown>('../../scenarios/*.yaml', {import: 'default'})

export const shippedNames = Object.keys(files).map(path => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length))

/** The document of a shipped scenario; undefined if there is none of that name. */
export const shippedDocument = async (name: string): Promise<unknown> => files[`../../scenarios/${name}.yaml`]?.()
