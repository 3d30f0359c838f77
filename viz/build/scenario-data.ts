import type {Plugin} from 'vite'
import {readSource} from '../../sim/scenario/parse.ts'

/** Scenarios as plain data, so that whoever imports one needs no parser. With `?raw` the text is still to be had. */
export const scenarioData: Plugin = {
  name: 'scenario-data',
  transform: {
    filter: {id: /\.yaml$/},
    handler(text, id) {
      const source = readSource(text)
      if (!('root' in source)) throw new Error(`${id}:${source[0]!.line}: found ${source[0]!.found}`)
      return {code: `export default ${JSON.stringify(source.root)}`, map: null, moduleType: 'js'}
    },
  },
}
