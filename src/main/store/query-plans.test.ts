import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { databaseFileName } from './connection.ts'
import { openSampleStore } from './testing/sample.ts'

/** Rows of these come with every citizen, for years. */
const growing = ['dossier', 'outbox', 'audit', 'result', 'collection_right', 'opening', 'page']
/** Partial indexes over what is going on now: no more rows than compartments, or than wait for the province. */
const bounded = ['right_valid', 'right_open_door', 'right_valid_result', 'opening_open']
/** Read through on purpose, by whom. */
const readThrough: readonly (readonly [start: string, why: string])[] = [
  ['SELECT state, count(*) AS count FROM outbox GROUP BY state', 'totals, over an index alone'],
  ['SELECT epoch, count(*) AS messages FROM outbox', 'totals, over an index alone'],
  ['SELECT count(*) FROM outbox', 'totals, over an index alone'],
  ['SELECT sequence, key, kind, lane, state, attempts', 'a page of the queue, with its limit'],
  ['SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1', 'one row from the end'],
  ['SELECT content_hash FROM page', 'pages go with their dossiers'],
  ['SELECT count(*) FROM page WHERE person_hash', 'pages go with their dossiers'],
  ['SELECT intake_id AS intakeId, state, sealed_at AS sealedAt', 'the privacy command'],
]

const folder = mkdtempSync(join(tmpdir(), 'query-plans-'))
const statements = new Set<string>()
let db: Sqlite.Database

beforeAll(() => {
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare')
  openSampleStore(folder).close()
  for (const [sql] of prepare.mock.calls) statements.add(sql)
  prepare.mockRestore()
  db = new Sqlite(join(folder, databaseFileName), { readonly: true })
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

function scansOf(sql: string): readonly string[] {
  const names = Array.from(sql.matchAll(/@(\w+)/g), ([, name]) => [name, null])
  const positions = Array.from(sql.matchAll(/\?/g), () => null)
  const plan = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...positions, ...(names.length > 0 ? [Object.fromEntries(names)] : []))
  const aliases = new Map(
    Array.from(sql.matchAll(/\b(?:FROM|JOIN) (\w+) AS (\w+)/g), ([, table, alias]) => [
      alias,
      table,
    ]),
  )
  return plan.flatMap(({ detail }) => {
    const [, name = '', index = ''] = /^SCAN (\w+)(?:.* INDEX (\w+))?/.exec(detail) ?? []
    const grows = growing.includes(aliases.get(name) ?? name)
    return grows && !bounded.includes(index) ? [detail] : []
  })
}

describe('what core asks of its database', () => {
  it('is known to this test', () => {
    expect(statements.size).toBeGreaterThan(150)
  })

  it('never reads a table through that grows with every citizen', () => {
    const isPlanned = (sql: string) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(sql)
    const through = [...statements]
      .filter(isPlanned)
      .map((sql) => ({ sql: sql.replace(/\s+/g, ' ').trim(), scans: scansOf(sql) }))
      .filter(({ scans }) => scans.length > 0)
    const expected = (sql: string) => readThrough.some(([start]) => sql.startsWith(start))
    expect(through.filter(({ sql }) => !expected(sql))).toEqual([])
    for (const [start] of readThrough) {
      expect(
        through.some(({ sql }) => sql.startsWith(start)),
        start,
      ).toBe(true)
    }
  })
})
