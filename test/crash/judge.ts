import { expect } from 'vitest'
import { parseSlipQr } from '../../src/main/domain/slip-qr.ts'
import { verifySlipQr } from '../../src/main/domain/verify-slip-qr.ts'
import { eventually } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { pagesAtProvince } from '../support/pages-pdf.ts'

/** What the world must look like when a day is over, whatever was killed in it. */
export interface Day {
  /** Bags that the citizen put in and walked away from. */
  readonly bags: readonly string[]
  readonly envelopes: readonly string[]
  readonly pulsesBefore: number
  readonly asked: number
}

/**
 * Judges by physical logs, printed slips and the province alone; never by the kiosk's own tables.
 * slip ⇒ dossier at the province, once · bag left behind ⇒ dossier or dispute · dossier ⇒ a bag that was
 * really inside · no pulse that nobody asked for.
 */
export async function judge(machine: Machine, day: Day): Promise<void> {
  await eventually(async () => (await unknownToProvince(machine, day.bags)).length === 0).catch(
    async () => {
      expect(
        await unknownToProvince(machine, day.bags),
        'bags that the province never heard of',
      ).toEqual([])
    },
  )
  const dossiers = await machine.province.dossiers()

  const codes = dossiers.map(({ bagCode }) => bagCode)
  expect(new Set(codes).size, 'a bag twice at the province').toBe(codes.length)
  const ids = dossiers.map(({ intakeId }) => intakeId)
  expect(new Set(ids).size, 'a dossier twice at the province').toBe(ids.length)

  for (const dossier of dossiers.filter(({ bagCode }) => day.bags.includes(bagCode))) {
    expect(await scanOf(machine, dossier.intakeId), 'a scan that is not whole').not.toBe('amiss')
  }

  const keys = await machine.slipKeys()
  for (const qr of await machine.slipQrs()) {
    // An incident note carries no QR.
    if (qr === '') continue
    expect(verifySlipQr(qr, keys).ok, 'a slip whose signature does not hold').toBe(true)
    const slip = parseSlipQr(qr)
    expect(ids, 'a slip without a dossier').toContain(slip?.intakeId)
  }

  const log = machine.lockerLog()
  const wentIn = new Set(log.filter(({ event }) => event === 'itemIn').map(({ item }) => item))
  for (const { bagCode } of dossiers) {
    expect(wentIn, 'a dossier whose bag was never inside').toContain(bagCode)
  }
  const pulses = log.filter(({ event }) => event === 'pulse').length - day.pulsesBefore
  expect(pulses, 'a pulse that nobody asked for').toBeLessThanOrEqual(day.asked)

  const doors = await machine.doors()
  expect(
    doors.filter(({ open }) => open),
    'doors left open',
  ).toEqual([])
  const inside = doors.flatMap(({ items }) => items)
  for (const envelope of day.envelopes) expect(inside).not.toContain(envelope)
}

/** What an officer at the province gets of the scanned pages. */
async function scanOf(machine: Machine, intakeId: string): Promise<'none' | 'whole' | 'amiss'> {
  try {
    await pagesAtProvince(machine.province, intakeId)
    return 'whole'
  } catch (error) {
    return error instanceof Error && error.message === 'no pages' ? 'none' : 'amiss'
  }
}

async function unknownToProvince(machine: Machine, bags: readonly string[]): Promise<string[]> {
  const known = new Set((await machine.province.dossiers()).map(({ bagCode }) => bagCode))
  const disputes = (await machine.province.messages()).filter(({ kind }) => kind === 'dispute')
  const unknown = bags.filter((bag) => !known.has(bag))
  return unknown.slice(disputes.length)
}
