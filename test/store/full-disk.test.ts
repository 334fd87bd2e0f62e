import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  dossierRow,
  expectTruths,
  fillInByHand,
  idleAndWell,
  messagesOf,
  provinceGot,
  provinceKnowsAll,
  pulses,
  rightState,
  serveNext,
  serviceIs,
  startBench,
  startPatienceMs,
  stockResults,
} from '../support/fault-bench.ts'
import { eventually } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'

const kilobytes = 1_000

let disk: SmallDisk
let machine: Machine
beforeAll(async () => {
  disk = mountSmallDisk({ megabytes: 64, inodes: 6_000 })
  machine = await startBench({
    disk,
    limits: { freeDiskMegabytes: 24, fullDiskMegabytes: 12 },
    timeouts: { diskCheckMs: 200 },
  })
}, startPatienceMs)
afterAll(async () => {
  disk?.free()
  await machine?.stop()
  disk?.unmount()
})

/** Of a core that may be coming up just now. */
function screen(): string {
  try {
    return machine.core.current().screen.name
  } catch {
    return 'none'
  }
}
const openDoorNow = async () => (await machine.doors()).find(({ open }) => open)?.compartment

/** The disk is as full as can be before this is done, and until the machine has done with it what it can. */
async function withoutRoom(what: 'space' | 'files', act: () => Promise<unknown>): Promise<void> {
  if (what === 'space') disk.fill(0)
  else disk.fillFiles(0)
  await act()
}

/** Whatever the machine says, until it is idle with all services: a person who does what stands there. */
async function walkAway(): Promise<void> {
  disk.free()
  await eventually(async () => {
    const now = screen()
    if (/^(intakeDone|intakeAbandoned|slipFailed|intakeIncident)$/.test(now)) {
      await machine.core.tryTouch('intake.finish')
    }
    if (/^(collectDone|collectRefused|collectNotTaken|collectIncident)$/.test(now)) {
      await machine.core.tryTouch('collection.finish')
    }
    return now === 'idle'
  })
  await idleAndWell(machine)
}

const intakeStages = ['at the confirmation', 'at the open door', 'at the closed door'] as const
const collectionStages = ['at the code', 'at the open door', 'at the closed door'] as const

describe.each(['space', 'files'] as const)('a disk that runs out of %s', (what) => {
  // The database's files are there already: one moment stands for all.
  const some = <T>(stages: readonly T[]) => (what === 'space' ? stages : stages.slice(-1))
  const leave = (share: 'low' | 'full') =>
    what === 'space'
      ? disk.fill(share === 'low' ? 18 * kilobytes : 8 * kilobytes)
      : disk.fillFiles(share === 'low' ? 1_000 : 100)

  it('says so before it is full, then takes the intake away and nothing else', async () => {
    const [result] = await stockResults(machine, 1)
    if (!result) throw new Error('nothing stocked')
    leave('low')
    await provinceGot(
      machine,
      'fault',
      ({ reason, state }) => reason === 'DISK_LOW' && state !== 'online',
    )
    await idleAndWell(machine)
    leave('full')
    await serviceIs(machine, 'intake', false)
    const { services } = machine.core.current()
    expect(services).toEqual([
      { service: 'intake', available: false, reasons: ['DISK_FULL'] },
      { service: 'collection', available: true, reasons: [] },
    ])
    await machine.hold(result.qr)
    await eventually(async () => (await openDoorNow()) === result.compartment)
    expect(await machine.takeItem(result.compartment)).toBe(result.envelope)
    await machine.closeDoor(result.compartment)
    await machine.core.screen('collectDone')
    await machine.core.touch('collection.finish')
    // The remedy of DISK_LOW and of DISK_FULL: room again.
    disk.free()
    await serviceIs(machine, 'intake', true)
    await provinceGot(
      machine,
      'fault',
      ({ device, state }) => device === 'disk' && state === 'online',
    )
  })

  it.each(some(intakeStages))('in an intake, %s: slip, bag and dossier agree', async (stage) => {
    const bag = await fillInByHand(machine)
    const confirm = () => machine.core.tryTouch('intake.confirmSummary')
    const starts = machine.core.starts()
    const isSeen = () => {
      const now = screen() !== 'none' && machine.core.current().screen
      return now && now.name === 'depositDoor' && now.door.step === 'closeDoor'
    }
    const isOver = () => /^(idle|intakeAbandoned|intakeIncident)$/.test(screen())
    const untilOpen = () => eventually(async () => (await openDoorNow()) !== undefined || isOver())
    if (stage === 'at the confirmation') await withoutRoom(what, confirm)
    else await confirm()
    await untilOpen()
    const compartment = await openDoorNow()
    if (compartment !== undefined) {
      const putIn = () => machine.putItem(compartment, bag)
      if (stage === 'at the open door') await withoutRoom(what, putIn)
      else await putIn()
      // A hand is slower than the bus, unless there is nobody to see it.
      await eventually(async () => isSeen() === true || machine.core.starts() > starts)
      const close = () => machine.closeDoor(compartment)
      if (stage === 'at the closed door') await withoutRoom(what, close)
      else await close()
    }
    await walkAway()
    // Idle comes before the settling of what a crash left behind the screen. What nobody saw is a dispute.
    await eventually(async () => {
      const inside = (await machine.doors()).some(({ items }) => items.includes(bag))
      const known = (await machine.province.dossiers()).some(({ bagCode }) => bagCode === bag)
      if (known || !inside) return known === inside
      return (await messagesOf(machine, dossierRow(machine, bag).intakeId)).includes('dispute')
    })
    await provinceKnowsAll(machine)
    await expectTruths(machine)
  })

  it.each(some(collectionStages))(
    'in a collection, %s: right, envelope and doors agree',
    async (stage) => {
      const [result] = await stockResults(machine, 1)
      if (!result) throw new Error('nothing stocked')
      const before = pulses(machine)
      const starts = machine.core.starts()
      const hold = () => machine.hold(result.qr).catch(() => undefined)
      if (stage === 'at the code') await withoutRoom(what, hold)
      else await hold()
      await eventually(
        async () =>
          (await openDoorNow()) !== undefined ||
          /^collect(Refused|NotTaken|Incident)$/.test(screen()) ||
          (machine.core.starts() > starts && screen() === 'idle'),
      )
      if ((await openDoorNow()) === result.compartment) {
        const take = () => machine.takeItem(result.compartment)
        if (stage === 'at the open door') await withoutRoom(what, take)
        else await take()
        const close = () => machine.closeDoor(result.compartment)
        if (stage === 'at the closed door') await withoutRoom(what, close)
        else await close()
      }
      await walkAway()
      expect(pulses(machine)).toBeLessThanOrEqual(before + 1)
      const inside = (await machine.doors()).some(({ items }) => items.includes(result.envelope))
      await eventually(
        async () => rightState(machine, result.dossierCode) === (inside ? 'valid' : 'consumed'),
      )
    },
  )

  it('serves the next as if nothing had been', async () => {
    await serveNext(machine)
    await expectTruths(machine)
  })
})
