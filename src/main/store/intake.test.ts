import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageBodies, messageSchema } from '../../contract/province/message.ts'
import type { Store } from './open-store.ts'
import { StoreConflict } from './store-conflict.ts'
import {
  depositSample,
  openSampleStore,
  sampleAt,
  sampleIntakeId,
  sampleSeal,
  sampleStaffId,
} from './testing/sample.ts'

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-intake-'))
  store = openSampleStore(folder)
})
afterEach(async () => {
  store.close()
  await rm(folder, { recursive: true, force: true })
})

const id = sampleIntakeId(1)

/** Sends and acknowledges everything; gives what went out. */
function sendAll() {
  const sent = []
  for (let row = store.outbox.due(0, 1)[0]; row; row = store.outbox.due(0, 1)[0]) {
    store.outbox.markSending(row.key)
    store.outbox.acknowledge(row.key, '{}', sampleAt)
    sent.push(row)
  }
  return sent
}
const conflicts = (work: () => unknown) => expect(work).toThrow(StoreConflict)

describe('numbers and bags', () => {
  it('never gives a number twice, also over a restart', () => {
    expect(store.flow.allocateIntakeNumber()).toEqual({ epoch: 1, number: 1 })
    expect(store.flow.allocateIntakeNumber()).toEqual({ epoch: 1, number: 2 })
    store.close()
    store = openSampleStore(folder)
    expect(store.flow.allocateIntakeNumber()).toEqual({ epoch: 1, number: 3 })
  })

  it('takes a bag once, and gives it back only when nothing was handed in', () => {
    expect(store.flow.isBagUsed('BAG-1')).toBe(false)
    store.flow.sealDossier(sampleSeal(1, 1))
    expect(store.flow.isBagUsed('BAG-1')).toBe(true)
    conflicts(() => store.flow.sealDossier({ ...sampleSeal(2, 2), bagCode: 'BAG-1' }))
    store.flow.abandonDossier(id, 'nothing', 'empty')
    expect(store.flow.isBagUsed('BAG-1')).toBe(false)
    expect(store.flow.dossierByBag('BAG-1')).toBeUndefined()
    store.flow.sealDossier({ ...sampleSeal(2, 1), bagCode: 'BAG-1' })
    expect(store.flow.dossierByBag('BAG-1')?.intakeId).toBe(sampleIntakeId(2))
  })

  it('keeps a bag taken in collected, unknown and disputed', () => {
    depositSample(store, 1, 1)
    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    store.flow.recordBagCollected(id, sampleStaffId, sampleAt)
    store.flow.sealDossier(sampleSeal(2, 1))
    store.flow.markDepositUnknown(sampleIntakeId(2), 'BUS_SILENT', sampleAt)
    depositSample(store, 3, 3)
    store.flow.recordEmptyingUnlock(3, sampleStaffId)
    store.flow.recordBagMissing(sampleIntakeId(3), sampleStaffId, sampleAt)
    expect(['BAG-1', 'BAG-2', 'BAG-3', 'BAG-4'].map(store.flow.isBagUsed)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

describe('seal', () => {
  it('keeps what was given and reserves the compartment', () => {
    const input = sampleSeal(1, 2)
    store.flow.sealDossier(input)
    const { applicantIdHash, ownerIdHash, secretHash, at, pages, lowDoor, ...row } = input
    expect(store.flow.dossier(id)).toEqual({
      ...row,
      state: 'sealed',
      unlockSent: false,
      depositedAt: null,
      slipCopies: 0,
      slipSeen: false,
    })
    expect(store.flow.compartment(2)).toEqual({
      number: 2,
      state: 'reserved',
      intakeId: id,
      resultId: null,
      reason: null,
    })
    expect(store.outbox.due(0, 9)).toEqual([])
  })

  it('takes only an empty drop compartment, and nothing stays of a refusal', () => {
    store.flow.sealDossier(sampleSeal(1, 1))
    conflicts(() => store.flow.sealDossier(sampleSeal(2, 1)))
    conflicts(() => store.flow.sealDossier(sampleSeal(2, 11)))
    conflicts(() => store.flow.sealDossier({ ...sampleSeal(2, 2), intakeId: id }))
    store.flow.markCompartment(3, 'suspect', 'DOOR_LEFT_OPEN')
    conflicts(() => store.flow.sealDossier(sampleSeal(2, 3)))
    expect(store.flow.dossier(sampleIntakeId(2))).toBeUndefined()
    expect(store.flow.isBagUsed('BAG-2')).toBe(false)
  })

  it('knows persons and secrets by their hashes, and nobody by none', () => {
    store.flow.sealDossier({ ...sampleSeal(1, 1), ownerIdHash: null, secretHash: null })
    const { applicantIdHash } = sampleSeal(1, 1)
    expect(store.flow.isPersonOf(id, applicantIdHash ?? '')).toBe(true)
    expect(store.flow.isPersonOf(id, sampleSeal(1, 1).ownerIdHash ?? '')).toBe(false)
    expect(store.flow.isPersonOf(id, '')).toBe(false)
    expect(store.flow.isPersonOf('K07-1-999999-X', applicantIdHash ?? '')).toBe(false)
    expect(store.flow.isSecretOf(id, '')).toBe(false)
    store.flow.sealDossier(sampleSeal(2, 2))
    expect(store.flow.isSecretOf(sampleIntakeId(2), sampleSeal(2, 2).secretHash ?? '')).toBe(true)
    expect(store.flow.isSecretOf(sampleIntakeId(2), sampleSeal(1, 2).secretHash ?? '')).toBe(false)
  })
})

describe('deposit', () => {
  it('is one transaction: row, compartment, message with its exact bytes', () => {
    depositSample(store, 1, 1)
    expect(store.flow.dossier(id)).toMatchObject({ state: 'deposited', depositedAt: sampleAt })
    expect(store.flow.compartment(1)).toMatchObject({ state: 'occupied', intakeId: id })
    const [row, ...others] = store.outbox.due(0, 9)
    expect(others).toEqual([])
    expect(row).toMatchObject({ sequence: 1, lane: id, kind: 'dossierDeposited', state: 'pending' })
    const message = messageSchema.parse(JSON.parse(row?.payload ?? ''))
    expect(message).toMatchObject({ key: row?.key, kioskId: 'K07', epoch: 1, sequence: 1 })
    expect(messageBodies.dossierDeposited.parse(message.body)).toMatchObject({
      intakeId: id,
      bagCode: 'BAG-1',
      compartment: 1,
      depositedAt: sampleAt,
      sealed: 'c2VhbGVk',
    })
    expect(row?.bodyHash).toBe(
      createHash('sha256')
        .update(Buffer.from(row?.payload ?? '', 'utf8'))
        .digest('hex'),
    )
  })

  it('needs a sealed dossier whose door was unlocked, and happens once', () => {
    conflicts(() => store.flow.depositDossier(id, sampleAt))
    store.flow.sealDossier(sampleSeal(1, 1))
    conflicts(() => store.flow.depositDossier(id, sampleAt))
    store.flow.recordDepositUnlock(id)
    store.flow.depositDossier(id, sampleAt)
    conflicts(() => store.flow.depositDossier(id, sampleAt))
    conflicts(() => store.flow.recordDepositUnlock(id))
    conflicts(() => store.flow.abandonDossier(id, 'nothing', 'empty'))
    conflicts(() => store.flow.markDepositUnknown(id, 'BUS_SILENT', sampleAt))
    conflicts(() => store.flow.moveDossier(id, 2, 'DOOR_NOT_OPENED'))
    expect(sendAll()).toHaveLength(1)
  })

  it('leaves no trace of a message that the contract refuses', () => {
    store.flow.sealDossier({ ...sampleSeal(1, 1), sealed: 'not base64!' })
    store.flow.recordDepositUnlock(id)
    expect(() => store.flow.depositDossier(id, sampleAt)).toThrow()
    expect(store.flow.dossier(id)?.state).toBe('sealed')
    expect(store.flow.compartment(1).state).toBe('reserved')
    expect(store.outbox.oldestOpenAt()).toBeNull()
  })

  it('holds also when the door was marked suspect for standing open', () => {
    store.flow.sealDossier(sampleSeal(1, 1))
    store.flow.recordDepositUnlock(id)
    store.flow.markCompartment(1, 'suspect', 'DOOR_LEFT_OPEN')
    store.flow.depositDossier(id, sampleAt)
    expect(store.flow.compartment(1)).toMatchObject({ state: 'occupied', reason: null })
  })

  it('moves to another compartment and asks for a new unlock there', () => {
    store.flow.sealDossier(sampleSeal(1, 1))
    store.flow.recordDepositUnlock(id)
    conflicts(() => store.flow.moveDossier(id, 1, 'DOOR_NOT_OPENED'))
    store.flow.moveDossier(id, 2, 'DOOR_NOT_OPENED')
    expect(store.flow.dossier(id)).toMatchObject({ compartment: 2, unlockSent: false })
    expect(store.flow.compartment(1)).toMatchObject({
      state: 'suspect',
      intakeId: null,
      reason: 'DOOR_NOT_OPENED',
    })
    expect(store.flow.compartment(2)).toMatchObject({ state: 'reserved', intakeId: id })
  })

  it('abandons into an empty or a suspect compartment', () => {
    store.flow.sealDossier(sampleSeal(1, 1))
    store.flow.abandonDossier(id, 'DOOR_NOT_OPENED', 'suspect')
    expect(store.flow.compartment(1)).toMatchObject({
      state: 'suspect',
      intakeId: null,
      reason: 'DOOR_NOT_OPENED',
    })
    expect(store.flow.dossier(id)).toMatchObject({ state: 'abandoned', compartment: null })
    conflicts(() => store.flow.abandonDossier(id, 'again', 'empty'))
    // Of the dossier the province hears nothing, of the door it does.
    expect(sendAll().map(({ payload }) => JSON.parse(payload ?? ''))).toMatchObject([
      {
        kind: 'fault',
        body: { device: 'compartment-1', reason: 'DOOR_NOT_OPENED', state: 'suspect' },
      },
    ])
  })

  it('disputes what nobody saw, with the sealed content', () => {
    store.flow.sealDossier(sampleSeal(1, 1))
    store.flow.markDepositUnknown(id, 'BUS_SILENT', sampleAt)
    expect(store.flow.compartment(1)).toMatchObject({
      state: 'unknown',
      intakeId: id,
      reason: 'BUS_SILENT',
    })
    const [row] = sendAll()
    expect(JSON.parse(row?.payload ?? '').body).toEqual({
      intakeId: id,
      compartment: 1,
      reason: 'BUS_SILENT',
      at: sampleAt,
      sealed: 'c2VhbGVk',
    })
    expect(store.flow.unfinishedDossiers()).toEqual([])
  })

  it('tells a restart what is unfinished', () => {
    store.flow.sealDossier(sampleSeal(1, 1))
    depositSample(store, 2, 2)
    depositSample(store, 3, 3)
    store.flow.recordSlipBegun(sampleIntakeId(3))
    store.flow.recordSlipSeen(sampleIntakeId(3), 1, sampleAt)
    store.close()
    store = openSampleStore(folder)
    expect(store.flow.unfinishedDossiers().map((row) => [row.intakeId, row.state])).toEqual([
      [id, 'sealed'],
      [sampleIntakeId(2), 'deposited'],
    ])
  })
})

describe('slip', () => {
  it('counts copies before they print and proves them once', () => {
    conflicts(() => store.flow.recordSlipBegun(id))
    store.flow.sealDossier(sampleSeal(1, 1))
    conflicts(() => store.flow.recordSlipBegun(id))
    store.flow.recordDepositUnlock(id)
    store.flow.depositDossier(id, sampleAt)
    conflicts(() => store.flow.recordSlipSeen(id, 1, sampleAt))
    expect(store.flow.recordSlipBegun(id)).toBe(1)
    expect(store.flow.recordSlipBegun(id)).toBe(2)
    store.flow.recordSlipSeen(id, 2, sampleAt)
    expect(store.flow.dossier(id)).toMatchObject({
      state: 'slipped',
      slipSeen: true,
      slipCopies: 2,
    })
    conflicts(() => store.flow.recordSlipSeen(id, 2, sampleAt))
    expect(sendAll().map((row) => [row.kind, row.lane])).toEqual([
      ['dossierDeposited', id],
      ['slipPrinted', id],
    ])
  })

  it('prints again later without going back in state', () => {
    depositSample(store, 1, 1)
    store.flow.recordSlipSeen(id, store.flow.recordSlipBegun(id), sampleAt)
    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    store.flow.recordBagCollected(id, sampleStaffId, sampleAt)
    store.flow.recordSlipSeen(id, store.flow.recordSlipBegun(id), sampleAt)
    expect(store.flow.dossier(id)?.state).toBe('collected')
  })

  it('queues the SMS once, and never without a phone or after a seen slip', () => {
    conflicts(() => store.flow.queueSlipSms(id))
    depositSample(store, 1, 1)
    expect(store.flow.queueSlipSms(id)).toBe(true)
    expect(store.flow.queueSlipSms(id)).toBe(false)
    const second = sampleIntakeId(2)
    store.flow.sealDossier({ ...sampleSeal(2, 2), smsSealed: null })
    conflicts(() => store.flow.queueSlipSms(second))
    store.flow.recordDepositUnlock(second)
    store.flow.depositDossier(second, sampleAt)
    expect(store.flow.queueSlipSms(second)).toBe(false)
    depositSample(store, 3, 3)
    store.flow.recordSlipSeen(
      sampleIntakeId(3),
      store.flow.recordSlipBegun(sampleIntakeId(3)),
      sampleAt,
    )
    expect(store.flow.queueSlipSms(sampleIntakeId(3))).toBe(false)
    expect(sendAll().filter((row) => row.kind === 'notification')).toHaveLength(1)
  })
})

describe('emptying', () => {
  it('lets an officer take the bag, and reconciles with the receipt', () => {
    depositSample(store, 1, 1)
    conflicts(() => store.flow.recordBagCollected(id, sampleStaffId, sampleAt))
    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    conflicts(() => store.flow.recordEmptyingUnlock(1, sampleStaffId))
    store.flow.recordBagCollected(id, sampleStaffId, sampleAt)
    conflicts(() => store.flow.recordBagCollected(id, sampleStaffId, sampleAt))
    expect(store.flow.compartment(1)).toMatchObject({ state: 'empty', intakeId: null })
    expect(store.flow.dossier(id)?.state).toBe('collected')
    expect(sendAll().map((row) => row.kind)).toEqual(['dossierDeposited', 'compartmentEmptied'])
    expect(store.flow.dossier(id)?.state).toBe('reconciled')
  })

  it('records a missing bag as disputed', () => {
    depositSample(store, 1, 1)
    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    store.flow.recordBagMissing(id, sampleStaffId, sampleAt)
    conflicts(() => store.flow.recordBagMissing(id, sampleStaffId, sampleAt))
    expect(store.flow.dossier(id)?.state).toBe('disputed')
    expect(store.flow.compartment(1).state).toBe('empty')
    expect(sendAll().map((row) => row.kind)).toEqual(['dossierDeposited', 'bagMissing'])
  })

  it('goes back to what it was when the door closes on the bag', () => {
    depositSample(store, 1, 1)
    conflicts(() => store.flow.cancelEmptying(1))
    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    store.flow.cancelEmptying(1)
    expect(store.flow.compartment(1)).toMatchObject({ state: 'occupied', intakeId: id })

    store.flow.sealDossier(sampleSeal(2, 2))
    store.flow.markDepositUnknown(sampleIntakeId(2), 'BUS_SILENT', sampleAt)
    store.flow.recordEmptyingUnlock(2, sampleStaffId)
    store.flow.cancelEmptying(2)
    expect(store.flow.compartment(2)).toMatchObject({ state: 'unknown', reason: 'BUS_SILENT' })

    store.flow.recordEmptyingUnlock(1, sampleStaffId)
    store.flow.markCompartment(1, 'suspect', 'DOOR_LEFT_OPEN')
    store.flow.cancelEmptying(1)
    expect(store.flow.compartment(1).state).toBe('suspect')
    store.flow.recordBagCollected(id, sampleStaffId, sampleAt)
  })

  it('opens for emptying neither what is empty nor what holds a result', () => {
    conflicts(() => store.flow.recordEmptyingUnlock(1, sampleStaffId))
    conflicts(() => store.flow.recordEmptyingUnlock(11, sampleStaffId))
    store.flow.sealDossier(sampleSeal(1, 1))
    conflicts(() => store.flow.recordEmptyingUnlock(1, sampleStaffId))
  })
})

describe('compartments', () => {
  it('keeps contents when marked, and unknown is stronger than suspect', () => {
    conflicts(() => store.flow.compartment(99))
    depositSample(store, 1, 1)
    store.flow.markCompartment(1, 'unknown', 'CORE_RESTARTED')
    store.flow.markCompartment(1, 'suspect', 'DOOR_LEFT_OPEN')
    expect(store.flow.compartment(1)).toEqual({
      number: 1,
      state: 'unknown',
      intakeId: id,
      resultId: null,
      reason: 'CORE_RESTARTED',
    })
    const { sequence } = store.auditHead()
    store.flow.markCompartment(1, 'unknown', 'CORE_RESTARTED')
    expect(store.auditHead().sequence).toBe(sequence)
  })

  it('is released by an officer only when nothing is expected inside', () => {
    conflicts(() => store.flow.releaseCompartment(1, sampleStaffId))
    store.flow.markCompartment(1, 'suspect', 'DOOR_LEFT_OPEN')
    store.flow.releaseCompartment(1, sampleStaffId)
    expect(store.flow.compartment(1)).toMatchObject({ state: 'empty', reason: null })
    depositSample(store, 1, 1)
    store.flow.markCompartment(1, 'suspect', 'DOOR_LEFT_OPEN')
    conflicts(() => store.flow.releaseCompartment(1, sampleStaffId))
  })
})
