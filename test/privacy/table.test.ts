import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import type { HeldData } from '../../src/contract/privacy/held-data.ts'
import { kioskHeld } from '../../src/contract/privacy/kiosk-held.ts'
import { provinceHeld } from '../../src/contract/privacy/province-held.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { openSampleStore } from '../../src/main/store/testing/sample.ts'
import {
  openSqliteStore,
  sqliteStoreFile,
} from '../../src/province/store/sqlite/open-sqlite-store.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'privacy-table-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function tablesOf(file: string): readonly string[] {
  const db = new Sqlite(file, { readonly: true })
  try {
    return db
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .pluck()
      .all()
      .toSorted()
  } finally {
    db.close()
  }
}

const named = (held: Readonly<Record<string, HeldData>>) =>
  [...new Set(Object.values(held).flatMap(({ tables }) => tables))].toSorted()

it('names every table of the kiosk, and no other', () => {
  const folder = temporaryFolder()
  openSampleStore(folder).close()
  expect(named(kioskHeld)).toEqual(tablesOf(join(folder, databaseFileName)))
})

it('names every table of the province, and no other', async () => {
  const folder = temporaryFolder()
  await openSqliteStore(folder).close()
  expect(named(provinceHeld)).toEqual(tablesOf(sqliteStoreFile(folder)))
})
