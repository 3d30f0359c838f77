import {describe, expect, test} from 'vitest'
import {known} from '../../sim/strategies/index.ts'
import {shippedText} from '../shipped.ts'
import {errorsOf} from './sample.ts'

const text = shippedText('rename-column')
const told = (override: string) => errorsOf(text, {overrides: [override], strategies: known}).join('\n')

describe('a database', () => {
  test.each([
    ['tiers.app.database.to=bd', 'a tier of kind database: "db"'],
    ['tiers.app.database.to=app', 'a tier of kind database: "db"'],
    ['tiers.db.tables.users.columns=[nam]', 'a column of users: "nam"'],
    ['tiers.app.database.versions.0.reads=[name, email]', 'a column of users: "name"'],
    ['tiers.app.database.versions.3.reads=[ful_name]', 'or one that some version writes: "full_name"'],
    ['tiers.app.database.table=user', 'a table of db: "users"'],
    ['traffic.web.to=db', 'a tier of servers'],
    ['faults=[{host-dies: db.0, at: 10s}]', 'a tier: "app"'],
    ['faults=[{long-query: app.0, at: 10s}]', 'a tier: "db"'],
    ['faults=[{long-query: db.1, at: 10s}]', 'a host from db.0 to db.0'],
    ['changes=[{adds: db, at: 10s}]', 'a tier: "app"'],
    ['release.db={strategy: schema-migration, at: 10s}', 'suits only tiers of kind server'],
  ])('that is asked for what it is not, as by %s, is refused: %s', (override, wanted) => {
    expect(told(override)).toContain(wanted)
  })

  test('is what a migration needs, and a server without one is told so', () => {
    const plain = `
end: 1m
tiers: {app: {kind: server, hosts: 2, behind: l4lb}}
release: {app: {strategy: schema-migration, at: 10s}}
`
    expect(errorsOf(plain, {strategies: known})).toEqual([expect.stringContaining('`database: {to: …}` in app')])
  })
})
