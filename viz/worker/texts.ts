/** The scenarios that come with zdr as somebody wrote them; a file of its own, for few ever ask. */
const files = import.meta.glob<string>('../../scenarios/*.yaml', {query: '?raw', import: 'default'})

/** The text of a shipped scenario; undefined if there is none of that name. */
export const shippedText = async (name: string): Promise<string | undefined> =>
  files[`../../scenarios/${name}.yaml`]?.()
