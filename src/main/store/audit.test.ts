import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../audit/verify-audit.ts'
import { databaseFileName } from './connection.ts'
import { allEffects } from './testing/all-effects.ts'
import { depositSample, openSampleStore, sampleClock, sampleSeal } from './testing/sample.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-audit-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('audit in the store', () => {
  it('is one whole chain over both journeys and a restart', () => {
    const clock = sampleClock()
    const store = openSampleStore(folder, { clock })
    for (const step of allEffects) step.run(store, clock)
    store.close()
    const again = openSampleStore(folder)
    again.flow.audit.record('device.silent', { device: 'locker-1' })
    const rows = again.auditRows()
    expect(verifyAudit(rows)).toEqual({
      ok: true,
      head: again.auditHead().hash,
      count: again.auditHead().sequence,
    })
    expect(rows.length).toBeGreaterThan(30)
    expect(again.auditRows(rows.length - 1)).toEqual(rows.slice(-1))
    again.close()
  })

  it('takes back the row of what was rolled back', () => {
    const store = openSampleStore(folder)
    depositSample(store, 1, 1)
    const head = store.auditHead()
    expect(() => store.flow.sealDossier(sampleSeal(2, 1))).toThrow()
    expect(store.auditHead()).toEqual(head)
    store.flow.audit.record('after', {})
    expect(verifyAudit(store.auditRows()).ok).toBe(true)
    store.close()
  })

  it('is neither changed nor deleted by SQL, and shows it when the file was', () => {
    const store = openSampleStore(folder)
    depositSample(store, 1, 1)
    store.close()
    const raw = new Sqlite(join(folder, databaseFileName))
    expect(() => raw.exec(`UPDATE audit SET event = 'x' WHERE sequence = 2`)).toThrow(/never/)
    expect(() => raw.exec('DELETE FROM audit WHERE sequence = 2')).toThrow(/never/)
    raw.exec(`DROP TRIGGER audit_never_changes; UPDATE audit SET at = 'x' WHERE sequence = 3`)
    raw.close()
    const again = openSampleStore(folder)
    expect(verifyAudit(again.auditRows())).toEqual({ ok: false, code: 'HASH', sequence: 3 })
    again.close()
  })
})

describe('personal data', () => {
  it('is in no audit row: marked names, numbers and codes do not come through', async () => {
    const marks = ['MARKED NAME', '099912345678', '0999123456', '+84999123456', 'Dấu Tên']
    const store = openSampleStore(folder)
    store.flow.audit.record(
      'careless',
      Object.fromEntries(marks.map((mark, index) => [`detail${index}`, mark])),
    )
    store.flow.markCompartment(1, 'suspect', 'DOOR_LEFT_OPEN')
    const text = JSON.stringify(store.auditRows())
    for (const mark of marks) expect(text).not.toContain(mark)
    expect(text).toContain('(withheld)')
    expect(text).toContain('DOOR_LEFT_OPEN')
    store.close()
  })

  it('is on the disk only as it was handed over: sealed, masked or hashed', async () => {
    const clock = sampleClock()
    const store = openSampleStore(folder, { clock })
    for (const step of allEffects) step.run(store, clock)
    // What the store is given by name never shows in the record of what happened.
    const text = JSON.stringify(store.auditRows())
    const { sealed, facts, applicantIdHash, ownerIdHash, secretHash } = sampleSeal(1, 1)
    const secrets = [sealed, facts.applicantMasked, applicantIdHash, ownerIdHash, secretHash]
    for (const secret of [...secrets, 'code of', 'qr of', 'Cán bộ mẫu', 'scrypt']) {
      expect(text).not.toContain(secret)
    }
    store.close()
    for (const name of await readdir(folder)) {
      expect((await readFile(join(folder, name))).includes('MARKED')).toBe(false)
    }
  })
})
