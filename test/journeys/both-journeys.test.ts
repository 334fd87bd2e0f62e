import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifySlipQr } from '../../src/main/domain/verify-slip-qr.ts'
import {
  eventually,
  finish,
  intake,
  openDoor,
  resultFor,
  signIn,
  signOut,
  smsTo,
  stock,
} from '../support/journeys.ts'
import { type Machine, startMachine } from '../support/machine.ts'
import { phones } from '../support/people.ts'
import { demoOfficer } from '../support/province.ts'

describe('a dossier in, its result out', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startMachine({ watchProtocol: true })
  })
  afterAll(() => machine?.stop())

  it('tells the province how it is from its start on', async () => {
    await eventually(async () => {
      const [newest] = await machine.province.heartbeats()
      return (newest?.heartbeat.compartments.free ?? 0) > 0
    })
    const [heard] = await machine.province.heartbeats()
    expect(heard).toMatchObject({
      kioskId: machine.province.kioskId,
      heartbeat: { epoch: 1, outbox: { parked: 0 } },
    })
    expect(heard?.heartbeat.services.map(({ service }) => service)).toEqual([
      'intake',
      'collection',
    ])
    expect(heard?.heartbeat.audit.sequence).toBeGreaterThan(0)
  })

  it('hands in against a signed slip, and hands the result to its owner alone', async () => {
    const { intakeId, bag } = await intake(machine)

    const [qr] = await machine.slipQrs()
    expect(qr).toContain(intakeId)
    const inside = (await machine.doors()).filter(({ items }) => items.includes(bag))
    expect(inside).toHaveLength(1)
    expect(inside[0]?.open).toBe(false)
    await eventually(async () => (await machine.province.dossiers()).length === 1)
    expect((await machine.province.dossiers())[0]).toMatchObject({ intakeId, bagCode: bag })
    await finish(machine)

    const dossierCode = await resultFor(machine, intakeId)
    await signIn(machine, demoOfficer.badge, demoOfficer.pin)
    const compartment = await stock(machine, dossierCode, 'envelope-1')
    await signOut(machine)

    const sms = await smsTo(machine, phones.an, ({ qr: payload }) => payload !== null)
    await machine.hold(sms.qr ?? '')
    expect(await openDoor(machine, 'collectDoor')).toBe(compartment)
    expect(await machine.takeItem(compartment)).toBe('envelope-1')
    await machine.closeDoor(compartment)
    await machine.core.screen('collectDone')
    await machine.core.touch('collection.finish')
    await machine.core.screen('idle')

    const pulses = machine.lockerLog().filter(({ event }) => event === 'pulse')
    expect(pulses).toHaveLength(3)
    await eventually(async () =>
      (await machine.province.messages()).some(({ kind }) => kind === 'resultTaken'),
    )

    // The same QR a second time opens nothing.
    await eventually(async () => {
      await machine.hold(sms.qr ?? '')
      return machine.core.current().screen.name === 'collectRefused'
    })
    expect(machine.core.current().screen).toMatchObject({ refusal: 'alreadyTaken' })
    expect(machine.lockerLog().filter(({ event }) => event === 'pulse')).toHaveLength(3)
    expect(verifySlipQr(qr ?? '', []).ok).toBe(false)
  })
  it('said nothing to the province, and heard nothing, that is not in the published protocol', () => {
    expect(machine.protocol?.problems).toEqual([])
    expect([...(machine.protocol?.seen ?? [])]).toEqual(
      expect.arrayContaining(['registerEpoch', 'sendMessage', 'beat', 'readStaff', 'readResults']),
    )
  })
})
