import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConnection } from './connection.ts'
import { openSqliteStore, sqliteStoreFile } from './open-sqlite-store.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'province-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const at = '2026-02-09T03:00:00.000Z'

describe('the SQLite store', () => {
  it('is durable at every commit and checks its references', () => {
    const db = openConnection(join(temporaryFolder(), 'x.sqlite'))
    const read = (name: string) => db.pragma(name, { simple: true })
    expect(
      ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'secure_delete'].map(read),
    ).toEqual(['wal', 2, 1, 0, 1])
    db.close()
  })

  it('has strict tables only', async () => {
    const folder = temporaryFolder()
    await openSqliteStore(folder).close()
    const db = openConnection(sqliteStoreFile(folder))
    const lax = db
      .prepare("SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite_%'")
      .all()
    expect(lax).toEqual([])
    db.close()
  })

  it('refuses a store that newer software wrote, and leaves it as it is', async () => {
    const folder = temporaryFolder()
    await openSqliteStore(folder).close()
    const db = openConnection(sqliteStoreFile(folder))
    db.pragma('user_version = 99')
    expect(() => openSqliteStore(folder)).toThrow('schema 99')
    expect(db.pragma('user_version', { simple: true })).toBe(99)
    db.close()
  })

  it('settles a notice once, whoever else has read it as pending', async () => {
    const store = openSqliteStore(temporaryFolder())
    onTestFinished(() => store.close())
    await store.kiosks.put({ kioskId: 'K07', unitCode: 'U', place: 'P', tokenHash: 'h' })
    const registration = {
      epoch: 1,
      instance: randomUUID(),
      startedAt: at,
      slipKeyId: 's',
      slipPublicKey: 'k',
    }
    await store.kiosks.registerEpoch('K07', registration, at)
    const key = uuidv7()
    const body = { template: 'slipNotPrinted' as const, sealed: 'AAAA' }
    const envelope = { key, kioskId: 'K07', epoch: 1, sequence: 1, lane: 'l', at }
    await store.messages.receive({
      message: { ...envelope, kind: 'notification', body },
      bytes: Buffer.from('{}'),
      bodyHash: 'x',
      receivedAt: at,
      receipt: '{}',
    })
    expect(await store.messages.pendingNotices()).toHaveLength(1)
    const sms = { at, kioskId: 'K07', purpose: 'notification' as const, sealed: 'AAAA' }
    await store.messages.settleNotice(key, { sms })
    await store.messages.settleNotice(key, { sms })
    expect(await store.sms.after(0, 10)).toHaveLength(1)
    expect(await store.messages.pendingNotices()).toEqual([])
  })
})
