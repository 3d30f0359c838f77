import {exitCode} from './exit-code.ts'
import {verb} from './verb.ts'

export const schemaVerb = verb({
  usage: 'schema',
  summary: 'Print the JSON Schema of scenario files, for editors',
  takes: {},
  examples: [['zdr schema > scenario.schema.json', 'then begin a file with # yaml-language-server: $schema=…']],
  async perform() {
    const [{jsonSchema}, {known}] = await Promise.all([
      import('../scenario/json-schema.ts'),
      import('../strategies/index.ts'),
    ])
    process.stdout.write(`${JSON.stringify(jsonSchema(known), null, 2)}\n`)
    return exitCode.done
  },
})
