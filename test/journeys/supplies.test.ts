import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Supply } from '../../src/contract/supplies.ts'
import { badgeIn, printed, provinceGot, serveNext, startBench } from '../support/fault-bench.ts'
import { signIn, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { demoOfficer } from '../support/province.ts'

describe('bags and paper', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench({
      supplies: { bags: { capacity: 2, lowAt: 1 }, paper: { rollMm: 1_000, lowAtMm: 700 } },
    })
  })
  afterAll(() => machine?.stop())

  async function supplies(): Promise<Readonly<Record<Supply, number | null>>> {
    const menu = await machine.core.screen('staffMenu')
    return Object.fromEntries(menu.supplies.map(({ supply, left }) => [supply, left])) as never
  }

  async function fillUp(supply: Supply): Promise<void> {
    await machine.core.screen('staffMenu')
    expect((await machine.core.touch('officer.fillSupply', { supply })).taken).toBe(true)
    // The answer may overtake the snapshot.
    await machine.core.until(
      ({ screen }) =>
        screen.name === 'staffMenu' &&
        screen.supplies.some((view) => view.supply === supply && view.left === view.capacity),
      `${supply} to be full`,
    )
  }

  it('are counted from the first filling on, and serve before it as well', async () => {
    await serveNext(machine)
    await badgeIn(machine)
    expect(await supplies()).toEqual({ bags: null, paper: null })
    await fillUp('bags')
    await fillUp('paper')
    expect(await supplies()).toEqual({ bags: 2, paper: 1_000 })
    await signOut(machine)
  })

  it('are told to the province in time, and an empty stock closes the intake before anyone starts', async () => {
    const { core } = machine
    const papers = printed(machine)
    await serveNext(machine)
    await provinceGot(machine, 'fault', ({ reason }) => reason === 'BAGS_LOW')
    await serveNext(machine)
    await provinceGot(machine, 'fault', ({ reason }) => reason === 'NO_BAGS')
    // Two slips of some 250 mm have left the printer.
    expect(printed(machine) - papers).toBe(2)
    await provinceGot(
      machine,
      'fault',
      ({ device, reason }) => `${device}${reason}` === 'paperPAPER_LOW',
    )

    const idle = await core.until(({ screen }) => screen.name === 'idle')
    expect(idle.services).toEqual([
      { service: 'intake', available: false, reasons: ['NO_BAGS'] },
      { service: 'collection', available: true, reasons: [] },
    ])
    expect((await core.touch('session.start', { journey: 'intake' })).taken).toBe(false)
    await core.screen('idle')
  })

  it('take one touch of an officer, and the next citizen is served', async () => {
    await signIn(machine, demoOfficer.badge, demoOfficer.pin)
    const { paper } = await supplies()
    expect(paper).toBeGreaterThan(300)
    expect(paper).toBeLessThan(700)
    await fillUp('bags')
    await fillUp('paper')
    await fillUp('bags')
    expect(await supplies()).toEqual({ bags: 2, paper: 1_000 })
    await provinceGot(
      machine,
      'fault',
      ({ reason, state }) => reason === 'NO_BAGS' && state === 'online',
    )
    await signOut(machine)
    await serveNext(machine)
    const papers = (await machine.province.messages()).filter(
      ({ kind }) => kind === 'dossierDeposited',
    )
    expect(papers).toHaveLength(4)
  })
})
