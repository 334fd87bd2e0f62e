import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  badgeIn,
  emptyEverything,
  holdUntil,
  idleAndWell,
  messagesOf,
  provinceGot,
  startBench,
} from '../support/fault-bench.ts'
import { eventually, finish, intake, openDoor, signOut, smsTo } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { phones } from '../support/people.ts'

describe('the papers of a dossier that was not accepted', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench()
  })
  afterAll(() => machine?.stop())

  it('go back to their owner through the same machine, in the same bag', async () => {
    const { core } = machine
    const { intakeId, bag } = await intake(machine)
    await finish(machine)
    await emptyEverything(machine)
    await provinceGot(machine, 'compartmentEmptied', (body) => body.intakeId === intakeId)
    const officer = await machine.province.officer()
    expect(await officer.sendPapers(intakeId)).toMatchObject({ outcome: 'notEnded' })
    expect(await officer.end(intakeId, 'refused')).toMatchObject({ outcome: 'ended' })
    expect(await officer.post(`/dossiers/${intakeId}/accept`)).toMatchObject({
      outcome: 'alreadyEnded',
    })
    expect(await officer.sendPapers(intakeId)).toMatchObject({ outcome: 'sent' })

    await badgeIn(machine)
    await core.touch('officer.startStocking')
    const { screen } = await core.until(
      (now) => now.screen.name === 'stockScan' && now.screen.waiting.length === 1,
      'the papers on the list',
    )
    // It was never accepted: nothing at the machine carries an official code.
    expect(screen).toMatchObject({ waiting: [{ dossierCode: intakeId, what: 'papers' }] })
    await machine.hold(bag)
    const compartment = await openDoor(machine, 'stockDoor')
    await machine.putItem(compartment, bag)
    await core.until(({ screen: now }) => now.name === 'stockDoor' && now.door.step === 'closeDoor')
    await machine.closeDoor(compartment)
    await core.until(({ screen: now }) => now.name === 'stockScan' && now.lastStocked !== null)
    await signOut(machine)

    const sms = await smsTo(machine, phones.an, ({ purpose }) => purpose === 'collection')
    expect(sms.text).toContain('Giay to')
    expect(sms.text).toContain(intakeId)
    await idleAndWell(machine)
    await holdUntil(machine, sms.qr ?? '', 'collectDoor')
    await openDoor(machine, 'collectDoor')
    expect(await machine.takeItem(compartment)).toBe(bag)
    await machine.closeDoor(compartment)
    await core.screen('collectDone')
    await eventually(async () => (await officer.page(`/dossiers/${intakeId}`)).includes('đã nhận'))
    const page = await officer.page(`/dossiers/${intakeId}`)
    expect(page).toContain('Không được tiếp nhận')
    expect(page).not.toContain('Đã trả kết quả')
    expect((await messagesOf(machine, intakeId)).filter((kind) => kind === 'dispute')).toEqual([])
  })
})
