import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startProvince } from '../../src/province/server.ts'
import {
  depositMessage,
  intakeIdOf,
  kioskClient,
  seal,
  syntheticDossier,
  wireMessage,
} from '../support/kiosk-client.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import {
  demoKiosk,
  startTestProvince,
  testProvinceConfig,
  webOfficer,
} from '../support/province.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** Two processes, started at the same moment, over one new database and one set of keys. */
async function twoProvinces() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'province-keys-'))
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
  const where = { dataFolder, database: await postgres.createDatabase() }
  const both = await Promise.all([startTestProvince({}, where), startTestProvince({}, where)])
  for (const province of both) onTestFinished(() => province.stop())
  const [one, two] = both
  const kiosks = [kioskClient(one.url, demoKiosk), kioskClient(two.url, demoKiosk)] as const
  await kiosks[0].registerEpoch(1)
  return { one, two, kiosks, recipient: one.published.ageRecipient, where }
}

describe('two processes of the province behind one database', () => {
  it('make one dossier of the same message at once, with the same receipt from both', async () => {
    const { one, two, kiosks, recipient } = await twoProvinces()
    expect(two.published).toEqual(one.published)
    for (let number = 1; number <= 10; number += 1) {
      const message = await depositMessage(recipient, syntheticDossier(intakeIdOf(number)))
      const answers = await Promise.all([
        kiosks[0].send(message),
        kiosks[1].send(message),
        kiosks[0].send(message),
        kiosks[1].send(message),
      ])
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    }
    expect(await one.dossiers()).toHaveLength(10)
    expect(await two.messages()).toHaveLength(10)
  })

  it('are one province to kiosks and officers, also when one of them dies', async () => {
    const { one, two, kiosks, recipient } = await twoProvinces()
    const ids = [1, 2, 3, 4].map((number) => intakeIdOf(number))
    for (const [index, id] of ids.entries()) {
      await kiosks[index % 2 ? 1 : 0].send(await depositMessage(recipient, syntheticDossier(id)))
    }
    // The session of one is known to the other; both count the same codes.
    const atOne = await one.officer()
    const page = await fetch(`${two.url}/`, { headers: { cookie: atOne.cookie } })
    expect(await page.text()).toContain(ids[0])
    const atTwo = await two.officer()
    const codes = await Promise.all(ids.flatMap((id) => [atOne.accept(id), atTwo.accept(id)]))
    expect(new Set(codes).size).toBe(4)
    const statuses = await kiosks[0].feed('statuses')
    expect(await kiosks[1].feed('statuses')).toEqual(statuses)
    expect(statuses).toHaveLength(4)
    // Both seeded the staff of the configuration: each person has one grant, and nobody was revoked.
    expect(await kiosks[1].feed('staff')).toHaveLength(2)
    expect(await kiosks[1].feed('revocations')).toEqual([])

    const sealed = await seal(recipient, { version: 1, phone: '0900000001', text: 'Thử' })
    const notice = wireMessage('notification', { template: 'slipNotPrinted', sealed })
    const receipt = await kiosks[0].send(notice)
    await one.kill()
    expect(await kiosks[1].send(notice)).toEqual(receipt)
    const left = await depositMessage(recipient, syntheticDossier(intakeIdOf(5)))
    expect(await kiosks[1].send(left)).toMatchObject({ status: 200 })
    await two.kill()
    await two.restart()
    const sms = await vi.waitUntil(
      async () => {
        const found = await two.sms()
        return found.length > 0 && found
      },
      { timeout: 20_000 },
    )
    expect(sms).toMatchObject([{ phone: '0900000001', text: 'Thu' }])
  })

  it('lock out together who guesses passwords at both', async () => {
    const { one, two } = await twoProvinces()
    const guess = async (url: string, password: string) =>
      (
        await fetch(`${url}/sign-in`, {
          method: 'POST',
          redirect: 'manual',
          body: new URLSearchParams({ name: webOfficer.name, password }),
        })
      ).status
    for (const { url } of [one, two, one, two, one]) expect(await guess(url, 'wrong')).toBe(401)
    // Locked: the right one is told no better than the wrong ones.
    expect(await guess(two.url, webOfficer.password)).toBe(401)
  })

  it('refuse a third with other keys, which could read nothing of what is held', async () => {
    const { where } = await twoProvinces()
    const dataFolder = mkdtempSync(join(tmpdir(), 'province-keys-'))
    onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
    const config = await testProvinceConfig()
    const third = startProvince({ config, dataFolder, database: where.database })
    await expect(third).rejects.toThrow('is missing beside an existing store')
    const others = await startProvince({ config, dataFolder })
    await others.stop()
    await expect(startProvince({ config, dataFolder, database: where.database })).rejects.toThrow(
      'other keys',
    )
  })
})
