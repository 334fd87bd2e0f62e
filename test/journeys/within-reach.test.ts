import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoKiosk } from '../support/demo-kiosk.ts'
import {
  badgeIn,
  collectionSms,
  holdUntil,
  idleAndWell,
  startBench,
} from '../support/fault-bench.ts'
import {
  deposit,
  fillIn,
  finish,
  openDoor,
  resultFor,
  signOut,
  stock,
} from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const reachLimitMm = 1_120
const heightOf = (number: number) =>
  demoKiosk.compartments.find((compartment) => compartment.number === number)?.heightMm ?? 9_999
const lowest = { largeText: false, highContrast: false, reach: true }

describe('a person who reaches no higher than a wheelchair lets them', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench()
  })
  afterAll(() => machine?.stop())

  const doorOf = async (item: string) =>
    (await machine.doors()).find(({ items }) => items.includes(item))?.compartment ?? 0

  it('hands in at a low door, and gets the result out of one', async () => {
    const { core } = machine
    // What anyone gets: the first door that fits, however high.
    const high = await fillIn(machine)
    await deposit(machine, high)
    expect(heightOf(await doorOf(high))).toBeGreaterThan(reachLimitMm)
    await finish(machine)

    await idleAndWell(machine)
    expect((await core.touch('session.setDisplay', lowest)).taken).toBe(true)
    const bag = await fillIn(machine)
    expect(core.current().display).toEqual(lowest)
    const intakeId = await deposit(machine, bag)
    expect(heightOf(await doorOf(bag))).toBeLessThanOrEqual(reachLimitMm)
    await finish(machine)
    expect(core.current().display).toMatchObject({ reach: false })

    const dossierCode = await resultFor(machine, intakeId)
    await badgeIn(machine)
    const compartment = await stock(machine, dossierCode, 'envelope')
    await signOut(machine)
    expect(heightOf(compartment)).toBeLessThanOrEqual(reachLimitMm)
    const { qr } = await collectionSms(machine, dossierCode)
    await holdUntil(machine, qr, 'collectDoor')
    expect(await openDoor(machine, 'collectDoor')).toBe(compartment)
  })
})
