import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startProvince } from '../../../src/province/server.ts'
import {
  depositMessage,
  intakeIdOf,
  kioskClient,
  seal,
  syntheticDossier,
} from '../../support/kiosk-client.ts'
import { signInOfficer } from '../../support/officer.ts'
import { igateServer } from '../../support/official/igate-server.ts'
import { smsServer } from '../../support/official/sms-server.ts'
import { startPostgres } from '../../support/postgres.ts'
import { demoKiosk, testProvinceConfig, webOfficer } from '../../support/province.ts'

it('two processes behind one database bring each dossier and each message out once', async () => {
  const postgres = await startPostgres()
  onTestFinished(() => postgres.stop())
  const [igate, carrier] = [await igateServer(), await smsServer()]
  const config = await testProvinceConfig({
    adapters: [
      {
        ...{ kind: 'igate', id: 'igate', name: 'iGate', url: igate.url, clientId: 'tester' },
        ...{ password: 'synthetic-secret', acceptedFrom: '2026-01-01T00:00:00Z' },
      },
    ] as never,
    smsGateway: {
      ...{ kind: 'vnptBrandname', url: carrier.url, labelId: 'L', contractId: 'C', agentId: 'A' },
      ...{ apiUser: 'u', username: 'u', password: 'synthetic-secret', wholeTextTemplate: 'T' },
    } as never,
  })
  const dataFolder = mkdtempSync(join(tmpdir(), 'two-provinces-'))
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
  const database = await postgres.createDatabase()
  const start = async () => {
    const clock = () => new Date('2026-02-09T03:00:00.000Z')
    const province = await startProvince({ config, dataFolder, database, clock, log: () => {} })
    onTestFinished(() => province.stop())
    return province
  }
  const provinces = [await start(), await start()] as const
  const [one] = provinces
  const kiosk = kioskClient(one.url, demoKiosk)
  await kiosk.registerEpoch(1)
  const officer = await signInOfficer(one.url, webOfficer)
  const numbers = [1, 2, 3, 4, 5, 6]
  for (const number of numbers) {
    const dossier = syntheticDossier(intakeIdOf(number))
    await kiosk.send(await depositMessage(one.published.ageRecipient, dossier))
    await officer.accept(dossier.intakeId)
    await one.store.sms.add({
      at: '2026-02-09T03:00:00.000Z',
      kioskId: 'K07',
      purpose: 'notification',
      sealed: await sealTo(one.published.ageRecipient, `tin ${number}`),
    })
  }
  await Promise.all(
    provinces.flatMap((province) => [province.officialSettled(), province.smsSettled()]),
  )
  // Whoever found nothing to take was done at once; the other may still be at it.
  await Promise.all(provinces.map((province) => province.officialSettled()))
  expect(igate.dossiers.size).toBe(numbers.length)
  expect(igate.numbersGiven()).toBe(numbers.length)
  expect(igate.doubled).toEqual([])
  expect(igate.calls('NoiHoSo')).toBe(numbers.length)
  const texts = carrier.sent.map(({ PARAMS }) => PARAMS[0]?.CONTENT).toSorted()
  expect(texts).toEqual(numbers.map((number) => `tin ${number}`))
})

function sealTo(recipient: string, text: string): Promise<string> {
  return seal(recipient, { phone: '0900000001', text, maskedText: text, attachment: null })
}
