import type * as v from 'valibot'

/** What valibot hands on when something is wrong: the message says what would do, the input is what was found. */
type Issue = v.BaseIssue<unknown>
type Input = Readonly<Record<string, unknown>>

/** The type that tells a key that should not be there from a value that is wrong. */
export const unknownKeyType = 'unknown_key'

export const issue = (wanted: string, input: unknown, path?: [v.IssuePathItem]): Issue => ({
  kind: 'schema',
  type: 'scenario',
  input,
  expected: null,
  received: '',
  message: wanted,
  ...(path && {path}),
})

export const unknownKey = (input: Input, key: string, wanted: string): Issue => ({
  ...issue(wanted, key, [step(input, key, 'key')]),
  type: unknownKeyType,
})

export const step = (input: Input, key: string, origin: 'key' | 'value'): v.ObjectPathItem => ({
  type: 'object',
  origin,
  input,
  key,
  value: input[key],
})

export const failed = (value: unknown, ...issues: Issue[]): v.FailureDataset<Issue> => ({
  typed: false,
  value,
  issues: issues as [Issue, ...Issue[]],
})

export const wrong = (value: unknown, wanted: string): v.FailureDataset<Issue> => failed(value, issue(wanted, value))
