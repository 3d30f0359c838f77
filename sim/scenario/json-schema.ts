import {type ConversionConfig, type JsonSchema, toJsonSchema} from '@valibot/to-json-schema'
import {abouts} from './map.ts'
import type {StrategyFacts} from './release.ts'
import {scenarioSchema} from './schema.ts'

/** The JSON Schema (draft 7) of scenario files, for editors: every key with what it says, its default and its pattern. */
export function jsonSchema(strategies: readonly StrategyFacts[]): JsonSchema {
  const {scenario, parts} = scenarioSchema(strategies, () => '')
  return {
    ...toJsonSchema(scenario, {
      typeMode: 'input',
      target: 'draft-07',
      definitions: parts,
      // JSON Schema cannot say what these ask; `zdr check` can.
      ignoreActions: ['check'],
      overrideSchema: described,
    }),
    title: 'A zdr scenario',
  }
}

/** Puts the sentence about each key beside its schema. */
const described: NonNullable<ConversionConfig['overrideSchema']> = ({valibotSchema, jsonSchema}) => {
  const about = abouts.get(valibotSchema)
  if (about === undefined || jsonSchema.properties === undefined) return undefined
  const properties = Object.entries(jsonSchema.properties).map(([key, property]) => [
    key,
    typeof property === 'boolean' ? property : {...property, description: about[key] ?? ''},
  ])
  return {...jsonSchema, properties: Object.fromEntries(properties)}
}
