import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultBackupLimits } from './backup/expire-backups.ts'
import { databaseFileName, isNewEnoughSqlite, openConnection } from './connection.ts'
import { backupFolderOf, migrate } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'
import { dumpDatabase } from './testing/dump-database.ts'
import { openSampleStore, sampleAt, sampleSeal } from './testing/sample.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-connection-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const backupTo = {
  at: new Date(sampleAt),
  time: { runningMs: 1_000, knownWallMs: undefined },
  limits: defaultBackupLimits,
}

describe('connection', () => {
  it('has the pragmas that durability needs, read back from the connection', () => {
    const { db, fresh } = openConnection(join(folder, 'data'))
    const read = (name: string) => db.pragma(name, { simple: true })
    expect(fresh).toBe(true)
    expect(read('journal_mode')).toBe('wal')
    expect(read('synchronous')).toBe(2)
    expect(read('foreign_keys')).toBe(1)
    expect(read('trusted_schema')).toBe(0)
    db.close()
  })

  it('keeps file and folder to their owner', async () => {
    openSampleStore(join(folder, 'data')).close()
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700)
    const store = openSampleStore(join(folder, 'data'))
    store.flow.sealDossier(sampleSeal(1, 1))
    const names = await readdir(join(folder, 'data'))
    expect(names).toContain(`${databaseFileName}-wal`)
    for (const name of names) {
      expect((await stat(join(folder, 'data', name))).mode & 0o777, name).toBe(0o600)
    }
    store.close()
  })

  it.each([
    ['3.51.2', false],
    ['3.7.17', false],
    ['2.99.99', false],
    ['3.51.3', true],
    ['3.54.1', true],
    ['4.0.0', true],
  ])('takes SQLite %s: %s', (version, expected) => {
    expect(isNewEnoughSqlite(version)).toBe(expected)
  })

  it('names a damaged file and leaves it as it is', async () => {
    const path = join(folder, databaseFileName)
    await writeFile(path, 'this is no database, whatever its name says'.repeat(100))
    const before = (await stat(path)).size
    expect(() => openSampleStore(folder)).toThrow(expect.objectContaining({ code: 'CORRUPT' }))
    expect((await stat(path)).size).toBe(before)
  })
})

describe('migrate', () => {
  const newest = Math.max(...migrations.map(({ version }) => version))
  const next = { version: newest + 10, name: 'next', sql: 'CREATE TABLE next (n INTEGER) STRICT;' }

  it('refuses a newer schema without touching it', () => {
    openSampleStore(folder).close()
    const raw = new Sqlite(join(folder, databaseFileName))
    raw.pragma('user_version = 9999')
    raw.close()
    const before = dumpDatabase(folder)
    expect(() => openSampleStore(folder)).toThrow(
      expect.objectContaining({ code: 'REFUSED_NEWER_SCHEMA' }),
    )
    expect(dumpDatabase(folder)).toEqual(before)
  })

  it("refuses somebody else's database", () => {
    const raw = new Sqlite(join(folder, databaseFileName))
    raw.exec('CREATE TABLE theirs (n INTEGER)')
    raw.close()
    expect(() => openSampleStore(folder)).toThrow(
      expect.objectContaining({ code: 'REFUSED_FOREIGN_FILE' }),
    )
  })

  it('backs up what was there before a step forward, then keeps the rows', async () => {
    const store = openSampleStore(folder)
    store.flow.sealDossier(sampleSeal(1, 1))
    store.close()
    const before = dumpDatabase(folder)

    const { db, path } = openConnection(folder)
    const done = migrate(db, path, [...migrations, next], backupTo)
    db.close()
    expect(done).toMatchObject({ from: newest, to: newest + 10 })
    expect(dumpDatabase(folder)).toEqual({ ...before, next: [] })

    const file = join(backupFolderOf(folder), done.backup ?? '')
    const backup = new Sqlite(file, { readonly: true })
    expect(backup.pragma('user_version', { simple: true })).toBe(newest)
    expect(backup.prepare('SELECT count(*) FROM dossier').pluck().get()).toBe(1)
    backup.close()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('leaves everything as it was when a step fails', () => {
    openSampleStore(folder).close()
    const before = dumpDatabase(folder)
    const broken = {
      version: newest + 20,
      name: 'broken',
      sql: 'CREATE TABLE half (n INTEGER); NONSENSE;',
    }
    const { db, path } = openConnection(folder)
    expect(() => migrate(db, path, [...migrations, next, broken], backupTo)).toThrow()
    expect(db.pragma('user_version', { simple: true })).toBe(newest)
    db.close()
    expect(dumpDatabase(folder)).toEqual(before)
  })

  it('gives rights of an older schema the running time that they had left', () => {
    const { db, path } = openConnection(folder)
    migrate(db, path, migrations.slice(0, 1), backupTo)
    db.exec(`
      INSERT INTO kiosk VALUES (1, 'K07', 0, 5000);
      INSERT INTO epoch (epoch, instance, started_at) VALUES (1, 'i', '2026-01-01T00:00:00Z');
      INSERT INTO compartment (number, kind, configured, state) VALUES (11, 'result', 1, 'empty');
      INSERT INTO result (result_id, dossier_code, procedure_code, assurance, phone_confirmed, size,
        keep_days, state) VALUES ('R1', 'C', 'P', 'code', 1, 'small', 10, 'announced');
      INSERT INTO collection_right (right_id, result_id, compartment, state, code_hash, qr_hash,
        expires_at) VALUES
        ('G1', 'R1', 11, 'valid', 'c1', 'q1', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+2 days')),
        ('G2', 'R1', 11, 'expired', 'c2', 'q2', '2020-01-01T00:00:00.000Z')`)
    migrate(db, path, migrations, backupTo)
    const left = db
      .prepare<[], number>('SELECT expires_running_ms - 5000 FROM collection_right ORDER BY number')
      .pluck()
      .all()
    db.close()
    const twoDaysMs = 2 * 86_400_000
    expect(left[0]).toBeGreaterThan(twoDaysMs - 60_000)
    expect(left[0]).toBeLessThanOrEqual(twoDaysMs)
    expect(left[1]).toBe(0)
  })

  it('migrates nothing when what was there cannot be backed up', async () => {
    openSampleStore(folder).close()
    const before = dumpDatabase(folder)
    await writeFile(backupFolderOf(folder), 'a file where the folder should be')
    const { db, path } = openConnection(folder)
    expect(() => migrate(db, path, [...migrations, next], backupTo)).toThrow()
    db.close()
    expect(dumpDatabase(folder)).toEqual(before)
  })
})

describe('schema', () => {
  it('has strict tables only, and foreign keys of the type of what they name', () => {
    openSampleStore(folder).close()
    const { db } = openConnection(folder)
    const tables = db
      .prepare<[], { name: string; strict: number }>(
        `SELECT name, strict FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all()
    expect(tables.length).toBeGreaterThan(10)
    const typeOf = (table: string, column: string) =>
      db.prepare('SELECT type FROM pragma_table_info(?) WHERE name = ?').pluck().get(table, column)
    for (const { name, strict } of tables) {
      expect(strict, name).toBe(1)
      const keys = db
        .prepare<[string], { table: string; from: string; to: string }>(
          'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)',
        )
        .all(name)
      for (const key of keys) {
        expect(typeOf(name, key.from), `${name}.${key.from}`).toBe(typeOf(key.table, key.to))
      }
    }
    db.close()
  })
})

describe('openStore', () => {
  it("refuses another kiosk's database", () => {
    openSampleStore(folder).close()
    expect(() => openSampleStore(folder, { kioskId: 'K08' })).toThrow(
      expect.objectContaining({ code: 'REFUSED_OTHER_KIOSK' }),
    )
  })

  it('refuses a configuration that drops a compartment in which something lies', () => {
    const store = openSampleStore(folder)
    store.flow.sealDossier(sampleSeal(1, 1))
    store.close()
    const others = [{ number: 2, kind: 'drop' as const }]
    expect(() => openSampleStore(folder, { compartments: others })).toThrow(
      expect.objectContaining({ code: 'REFUSED_COMPARTMENT_IN_USE' }),
    )
  })

  it('takes compartments in and out with the configuration', () => {
    openSampleStore(folder).close()
    const two = [
      { number: 2, kind: 'drop' as const },
      { number: 21, kind: 'result' as const },
    ]
    const store = openSampleStore(folder, { compartments: two })
    expect(store.flow.compartments().map((row) => row.number)).toEqual([2, 21])
    expect(() => store.flow.sealDossier(sampleSeal(1, 1))).toThrow(/reserve compartment/)
    store.close()
    const again = openSampleStore(folder)
    expect(again.flow.compartments()).toHaveLength(7)
    again.close()
  })
})
