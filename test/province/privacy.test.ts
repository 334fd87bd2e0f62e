import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDFDocument } from 'pdf-lib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { provincePrivacy } from '../../src/province/privacy/privacy-command.ts'
import { openPostgresStore } from '../../src/province/store/postgres/open-postgres-store.ts'
import { searchFolders } from '../privacy/search.ts'
import {
  depositMessage,
  intakeIdOf,
  seal,
  syntheticDossier,
  wireMessage,
} from '../support/kiosk-client.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { demoKiosk } from '../support/province.ts'
import { sealedPage, sendPage } from '../support/sealed-page.ts'
import { type Scene, scene } from './in-process.ts'

const someone = {
  kind: 'person' as const,
  name: 'Phạm Thử Riêngtư',
  idNumber: '000000000042',
  idKind: 'citizenId' as const,
  birthDate: '01011990',
  sex: 'Nam',
  address: 'Số 0, ngõ Khôngđâu',
  source: 'card' as const,
}
const phone = '0900000042'
const dayMs = 24 * 60 * 60_000

/** A dossier of this person with one scanned page. */
async function ofSomeone(here: Scene, number: number) {
  const page = await sealedPage(here.recipient, 100 + number)
  const { contentHash, captureHash } = page
  const intakeId = intakeIdOf(number)
  const dossier = syntheticDossier(intakeId, {
    applicant: someone,
    owner: someone,
    phone,
    pages: [{ contentHash, captureHash }],
  })
  await here.kiosk.send(await depositMessage(here.recipient, dossier))
  await sendPage(here.province.url, demoKiosk, page)
  return { intakeId, contentHash }
}

async function ofSomebodyElse(here: Scene, number: number) {
  const dossier = syntheticDossier(intakeIdOf(number))
  await here.kiosk.send(await depositMessage(here.recipient, dossier))
  return dossier.intakeId
}

async function notify(here: Scene, to: string) {
  const sealed = await seal(here.recipient, { version: 1, phone: to, text: 'Tin thử' })
  await here.kiosk.send(wireMessage('notification', { template: 'slipNotPrinted', sealed }))
  await here.province.noticesSettled()
}

const ask = (here: Scene, ...args: string[]) =>
  provincePrivacy(
    ['find', '--data', here.dataFolder, '--by', 'quanly', '--case', '12/2026', ...args],
    { clock: () => here.now(), readId: () => `${someone.idNumber}\n` },
  )

const sealedOf = async (here: Scene, intakeId: string) =>
  (await here.province.store.dossiers.find(intakeId))?.sealed

describe('what is held on one person', () => {
  it('is found by ID number and phone, opened by the key, and the search is on record first', async () => {
    const here = await scene()
    await ofSomeone(here, 1)
    await ofSomebodyElse(here, 2)
    await notify(here, phone)
    await notify(here, '0900000001')
    const { exitCode, text } = await ask(here, '-')
    expect(exitCode).toBe(0)
    expect(text).toContain(`${intakeIdOf(1)}  not accepted  status 1`)
    expect(text).toContain('dossiers 1   messages 1   results with a typed phone 0')
    expect(text).not.toContain(intakeIdOf(2))
    // Nobody's name stands on a terminal.
    expect(text).not.toMatch(/Phạm|000000000042|0900000042/)
    expect((await ask(here, '+84 900 000 042')).text).toContain('dossiers 1')
    expect((await ask(here, '0000.0000.0043')).text).toContain('dossiers 0')
    const log = await here.province.store.accessLog.list(20)
    expect(log).toContainEqual(
      expect.objectContaining({ user: 'quanly', action: 'findPerson', subject: 'case 12/2026' }),
    )
    expect(log).toContainEqual(
      expect.objectContaining({ action: 'findPerson', subject: intakeIdOf(1) }),
    )
    expect(JSON.stringify(log)).not.toContain(someone.idNumber)
  })

  it('is written out in full, for its owner only', async () => {
    const here = await scene()
    await ofSomeone(here, 1)
    await notify(here, phone)
    const folder = join(here.dataFolder, 'case')
    expect((await ask(here, '-', '--export', folder)).exitCode).toBe(0)
    const written = JSON.parse(readFileSync(join(folder, 'person.json'), 'utf8'))
    expect(written.dossiers).toMatchObject([
      { intakeId: intakeIdOf(1), content: { applicant: someone } },
    ])
    expect(written.messages).toMatchObject([{ phone, text: 'Tin thu' }])
    const pdf = await PDFDocument.load(readFileSync(join(folder, `${intakeIdOf(1)}.pdf`)))
    expect(pdf.getPageCount()).toBe(1)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'person.json')).mode & 0o777).toBe(0o600)
    expect((await ask(here, '-', '--export', folder)).exitCode).toBe(1)
  })

  it('is erased where it is over, kept where it is not, and the receipts stay good', async () => {
    const here = await scene()
    const officer = await here.officer()
    const over = await ofSomeone(here, 1)
    const open = await ofSomeone(here, 2)
    const other = await ofSomebodyElse(here, 3)
    const message = await depositMessage(
      here.recipient,
      syntheticDossier(intakeIdOf(4), { applicant: someone, owner: someone, phone }),
    )
    const receipt = (await here.kiosk.send(message)).text
    await officer.end(over.intakeId, 'refused')
    await officer.end(other, 'refused')
    await officer.end(intakeIdOf(4), 'withdrawn')

    const { text } = await ask(here, '-', '--erase')
    expect(text).toContain(`${over.intakeId}  erased`)
    expect(text).toContain(`${open.intakeId}  KEPT`)
    expect(await sealedOf(here, over.intakeId)).toBe('')
    expect(await sealedOf(here, open.intakeId)).not.toBe('')
    expect(await sealedOf(here, other)).not.toBe('')
    const page = await here.province.store.pages.find('K07', over.contentHash)
    expect(page?.bytes).toHaveLength(0)
    const [deposit] = await here.province.store.messages.list({ lane: over.intakeId, limit: 5 })
    expect(deposit?.bytes).toHaveLength(0)
    // The same message again gets the same receipt: its hash is still known.
    expect((await here.kiosk.send(message)).text).toBe(receipt)
    expect(await officer.page(`/dossiers/${over.intakeId}`)).toContain('Đã xóa lúc')
    expect((await ask(here, '-')).text).toContain('dossiers 1')
  })

  it('is not for everybody', async () => {
    const here = await scene()
    const as = (by: string) =>
      provincePrivacy(['find', '1', '--data', here.dataFolder, '--by', by, '--case', '1'], {
        clock: () => here.now(),
        readId: () => '',
      })
    expect(await as('canbo')).toMatchObject({ exitCode: 1 })
    expect(await as('nobody')).toMatchObject({ exitCode: 1 })
    expect(await ask(here, '1', '--case', '000000000042')).toMatchObject({ exitCode: 2 })
    expect(await ask(here)).toMatchObject({ exitCode: 2 })
    expect(await ask(here, '1', '--erase', '--export', 'x')).toMatchObject({ exitCode: 2 })
  })

  it('is asked for on the command line, beside the running service', async () => {
    const here = await scene()
    await ofSomeone(here, 1)
    const program = fileURLToPath(new URL('../../scripts/privacy.ts', import.meta.url))
    const args = ['find', '-', '--data', here.dataFolder, '--by', 'quanly', '--case', '7']
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      encoding: 'utf8',
      input: someone.idNumber,
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(intakeIdOf(1))
  })
})

describe('the province forgets', () => {
  it('what has been over for long enough, and leaves nothing of it in the file', async () => {
    const here = await scene({
      retention: { dossierDays: 30, dossierWithoutResultDays: 60, noticeDays: 10 },
    })
    const officer = await here.officer()
    const ended = await ofSomeone(here, 1)
    const accepted = await ofSomeone(here, 2)
    const waiting = await ofSomeone(here, 3)
    await officer.end(ended.intakeId, 'refused')
    await officer.accept(accepted.intakeId)
    await notify(here, phone)
    const marks = [ended, accepted].map(({ intakeId }) => sealedOf(here, intakeId))
    const sealedTexts = (await Promise.all(marks)).map((text) => text ?? '')
    const isThere = async () => {
      const all = [ended, accepted, waiting].map(({ intakeId }) => sealedOf(here, intakeId))
      return (await Promise.all(all)).map((sealed) => sealed !== '')
    }
    here.waitMs(11 * dayMs)
    await here.province.forgotten()
    expect((await here.province.store.sms.newest(9)).map(({ sealed }) => sealed)).toEqual([''])
    expect(await isThere()).toEqual([true, true, true])
    here.waitMs(20 * dayMs)
    await here.province.forgotten()
    expect(await isThere()).toEqual([false, true, true])
    here.waitMs(30 * dayMs)
    await here.province.forgotten()
    // What nobody has decided upon is not forgotten, however old.
    expect(await isThere()).toEqual([false, false, true])
    const log = await here.province.store.accessLog.list(9)
    expect(log.filter(({ user }) => user === 'retention').map(({ subject }) => subject)).toEqual([
      accepted.intakeId,
      ended.intakeId,
    ])
    // Closing brings the log of the database into its file.
    await here.province.stop()
    const plants = sealedTexts.map((text, at) => ({
      what: `seal ${at}`,
      text: text.slice(200, 260),
    }))
    expect(plants.map(({ text }) => text.length)).toEqual([60, 60])
    expect(searchFolders([here.dataFolder], plants).findings).toEqual([])
  })

  it('no dossier that is on its way to an official system', async () => {
    const here = await scene({
      retention: { dossierDays: 1, dossierWithoutResultDays: 1, noticeDays: 1 },
    })
    const officer = await here.officer()
    const { intakeId } = await ofSomeone(here, 1)
    await officer.accept(intakeId)
    const { official } = here.province.store
    const at = here.now().toISOString()
    await official.enlist('elsewhere', '2026-01-01T00:00:00.000Z', at)
    here.waitMs(5 * dayMs)
    await here.province.forgotten()
    expect(await sealedOf(here, intakeId)).not.toBe('')
    const claimed = await official.claim('elsewhere', here.now().toISOString(), 'a', at)
    if (!claimed) throw new Error('nothing was due')
    const deliveredCursors = claimed.steps.map(({ cursor }) => cursor)
    await official.note(claimed, { deliveredCursors }, at, at)
    await official.settle(claimed, { outcome: 'delivered' }, at)
    here.waitMs(2 * dayMs)
    await here.province.forgotten()
    expect(await sealedOf(here, intakeId)).toBe('')
  })
})

describe('on PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())

  it('erases as well, and still refuses every other change of what has a receipt', async () => {
    const url = await postgres.createDatabase()
    const store = await openPostgresStore(url)
    onTestFinished(() => store.close())
    const at = '2026-02-09T03:00:00.000Z'
    await store.kiosks.put({ kioskId: 'K07', unitCode: 'U', place: 'P', tokenHash: 'h' })
    const epoch = { epoch: 1, instance: 'i', startedAt: at, slipKeyId: 's', slipPublicKey: 'k' }
    await store.kiosks.registerEpoch('K07', epoch, at)
    const intakeId = intakeIdOf(1)
    const body = {
      ...{ intakeId, bagCode: 'B', procedureCode: 'p', compartment: 1, depositedAt: at },
      ...{ clockSynchronised: true, phoneConfirmed: true, contentHash: 'c', sealed: 'SEALED' },
    }
    const key = 'key-1'
    await store.messages.receive({
      message: {
        ...{ key, kioskId: 'K07', epoch: 1, sequence: 1, lane: intakeId, at },
        ...{ kind: 'dossierDeposited', body },
      },
      ...{ bytes: Buffer.from('{}'), bodyHash: 'x', receivedAt: at, receipt: '{}' },
    })
    await store.pages.put({
      ...{ kioskId: 'K07', contentHash: 'h', bytes: Buffer.from('page'), receivedAt: at },
      receipt: '{}',
    })
    expect(await store.erasures.eraseDossier(intakeId, ['h'], at, 'quanly')).toBe('notOver')
    await store.dossiers.end({ intakeId, how: 'refused', user: 'canbo', at })
    const later = '2026-03-09T03:00:00.000Z'
    expect(await store.erasures.due({ over: later, accepted: later }, 9)).toHaveLength(1)
    expect(await store.erasures.eraseDossier(intakeId, ['h'], at, 'quanly')).toBe('erased')
    expect(await store.erasures.eraseDossier(intakeId, ['h'], at, 'quanly')).toBe('alreadyErased')
    expect(await store.dossiers.find(intakeId)).toMatchObject({ sealed: '', erasedAt: at })
    expect((await store.pages.find('K07', 'h'))?.bytes).toHaveLength(0)
    expect(await store.messages.find(key)).toMatchObject({ bodyHash: 'x', receipt: '{}' })
    expect(await store.erasures.eraseNotices(later)).toBe(0)
    const client = new pg.Client(url)
    await client.connect()
    onTestFinished(() => client.end())
    for (const change of [
      `UPDATE messages SET bytes = 'other'`,
      `UPDATE messages SET bytes = '', receipt = 'other'`,
      `UPDATE pages SET bytes = '', content_hash = 'other'`,
      'DELETE FROM pages',
      `UPDATE access_log SET subject = ''`,
    ]) {
      await client.query(
        `INSERT INTO access_log (at, "user", action, subject) VALUES ('','','','')`,
      )
      await expect(client.query(change)).rejects.toThrow('only grows')
    }
  })
})
