import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditGenesisHash, auditHash } from '../audit/audit-row.ts'
import { databaseFileName } from '../store/connection.ts'
import type { Store } from '../store/open-store.ts'
import { openSampleStore } from '../store/testing/sample.ts'
import { verifyAuditCommand } from './verify-audit-command.ts'

const pair = generateKeyPairSync('ed25519')
const publicKey = String(pair.publicKey.export({ format: 'jwk' }).x)
const key = `K07.1:${publicKey}`
const auditSigner = {
  keyId: 'K07.1',
  sign: (text: string) => sign(null, Buffer.from(text), pair.privateKey).toString('base64url'),
}

let folder: string
let file: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-audit-'))
  file = join(folder, databaseFileName)
  store = openSampleStore(folder, { auditSigner })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

function fill(rows: number): void {
  for (let number = 0; number < rows; number += 1) store.flow.audit.record('test.row', { number })
}
const check = (...args: string[]) =>
  verifyAuditCommand([file, ...(args.length ? args : ['--key', key])])
/** With the file in somebody's hands: triggers stop nobody. */
function tamper(work: (db: Sqlite.Database) => void): void {
  store.close()
  const db = new Sqlite(file)
  for (const name of db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .pluck()
    .all()) {
    db.exec(`DROP TRIGGER ${name}`)
  }
  db.pragma('foreign_keys = OFF')
  work(db)
  db.close()
}
/** The chain anew from this row on, with good hashes: all that somebody without the key can do. */
function rehash(db: Sqlite.Database): void {
  const rows = db
    .prepare<[], { sequence: number; at: string; event: string; details: string }>(
      'SELECT sequence, at, event, details FROM audit ORDER BY sequence',
    )
    .all()
  let hash = auditGenesisHash
  for (const row of rows) {
    hash = auditHash(hash, { ...row, details: JSON.parse(row.details) })
    db.prepare('UPDATE audit SET hash = ? WHERE sequence = ?').run(hash, row.sequence)
  }
}

describe('a chain that is whole', () => {
  it('is good from its file and the public key alone, also while the machine runs', () => {
    fill(250)
    const { exitCode, lines } = check()
    expect(lines.join('\n')).toMatch(/signed {8}row 200, .*, epoch 1, key K07\.1\ngood$/)
    expect(exitCode).toBe(0)
  })

  it('is signed at every start, so that little ever stands without a signature', () => {
    fill(30)
    store.close()
    store = openSampleStore(folder, { auditSigner })
    const count = store.auditHead().sequence
    expect(check().lines).toContainEqual(expect.stringContaining(`row ${count},`))
  })

  it('is good as a copy, and checked as a command', () => {
    fill(120)
    store.close()
    const copy = join(folder, 'copy.sqlite')
    copyFileSync(file, copy)
    const keysFile = join(folder, 'keys.json')
    writeFileSync(keysFile, JSON.stringify([{ keyId: 'K07.1', publicKey }]))
    const program = fileURLToPath(new URL('./verify-audit.ts', import.meta.url))
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
    expect(run(copy, '--keys', keysFile)).toMatchObject({ status: 0, stderr: '' })
    expect(run(copy, '--key', `K07.1:${'A'.repeat(43)}`).status).toBe(1)
    expect(run(join(folder, 'none'), '--keys', keysFile).status).toBe(2)
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('usage') })
  })
})

describe('somebody at the file', () => {
  beforeEach(() => fill(250))

  it.each<[string, string, (db: Sqlite.Database) => void]>([
    [
      'changes a row',
      'HASH',
      (db) => db.exec(`UPDATE audit SET details = '{"number":9}' WHERE sequence = 40`),
    ],
    ['takes a row out', 'GAP', (db) => db.exec('DELETE FROM audit WHERE sequence = 40')],
    [
      'writes what is no JSON',
      'HASH',
      (db) => db.exec(`UPDATE audit SET details = 'null' WHERE sequence = 40`),
    ],
    [
      'changes a row and hashes everything after it anew',
      'REWRITTEN',
      (db) => {
        db.exec(`UPDATE audit SET event = 'other' WHERE sequence = 40`)
        rehash(db)
      },
    ],
    [
      'does so and puts the new hashes into the signed heads',
      'SIGNATURE_BAD',
      (db) => {
        db.exec(`UPDATE audit SET event = 'other' WHERE sequence = 40`)
        rehash(db)
        db.exec(
          'UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE audit.sequence = audit_head.sequence)',
        )
      },
    ],
    ['cuts the end off', 'CUT_OFF', (db) => db.exec('DELETE FROM audit WHERE sequence > 150')],
    [
      'cuts the end off with its signatures, and lets it grow again',
      'UNSIGNED',
      (db) => {
        db.exec('DELETE FROM audit_head')
        rehash(db)
      },
    ],
    [
      'signs with a key of their own',
      'KEY_UNKNOWN',
      (db) => db.exec(`UPDATE audit_head SET key_id = 'K07.2'`),
    ],
    [
      'passes it off as another kiosk’s',
      'SIGNATURE_BAD',
      (db) => db.exec(`UPDATE kiosk SET kiosk_id = 'K08'`),
    ],
    [
      'moves a signature in time',
      'SIGNATURE_BAD',
      (db) => db.exec(`UPDATE audit_head SET epoch = 2`),
    ],
  ])('%s: %s', (_name, code, work) => {
    tamper(work)
    const { exitCode, lines } = check()
    expect(lines.at(-1)).toMatch(new RegExp(`^${code}: `))
    expect(exitCode).toBe(1)
  })

  it('puts something else in its place', () => {
    store.close()
    writeFileSync(file, 'no database')
    expect(check().exitCode).toBe(1)
  })
})
