import { expect, it } from 'vitest'
import type { Diagnosis } from '../../contract/diagnosis.ts'
import { readiness } from './readiness.ts'

const well: Omit<Diagnosis, 'fit' | 'findings'> = {
  at: '2026-05-02T12:00:00Z',
  kioskId: 'K07',
  services: [
    { service: 'intake', available: true, reasons: [] },
    { service: 'collection', available: true, reasons: [] },
  ],
  devices: [
    { id: 'printer', state: 'online', reasons: [], identity: {}, counters: {}, lastTest: null },
  ],
  compartments: { free: 4, suspect: [], unknown: [] },
  supplies: [{ supply: 'bags', left: 40, capacity: 100, lowAt: 10 }],
  clockSynchronised: true,
}
const [printer] = well.devices
if (!printer) throw new Error('no printer')

it('is fit without findings when all is well', () => {
  expect(readiness(well)).toMatchObject({ fit: true, findings: [] })
})

it('is not fit when a service is away, and names the device behind it', () => {
  const { fit, findings } = readiness({
    ...well,
    services: [{ service: 'intake', available: false, reasons: ['PAPER_OUT'] }],
    devices: [{ ...printer, state: 'needsAttendant', reasons: ['PAPER_OUT'] }],
  })
  expect(fit).toBe(false)
  expect(findings).toEqual([{ subject: 'printer', reason: 'PAPER_OUT', severity: 'unfit' }])
})

it('tells what takes no service away as a notice', () => {
  const { fit, findings } = readiness({
    ...well,
    devices: [{ ...printer, reasons: ['PAPER_LOW'] }],
    compartments: { free: 3, suspect: [7], unknown: [] },
    clockSynchronised: false,
  })
  expect(fit).toBe(true)
  expect(findings.map(({ reason, severity }) => [reason, severity])).toEqual([
    ['PAPER_LOW', 'notice'],
    ['COMPARTMENT_UNKNOWN', 'notice'],
    ['CLOCK_UNSYNCHRONISED', 'notice'],
  ])
})

it('says that bags run out before they have', () => {
  const bags = (left: number) => [{ supply: 'bags' as const, left, capacity: 100, lowAt: 10 }]
  expect(readiness({ ...well, supplies: bags(10) })).toMatchObject({
    fit: true,
    findings: [{ subject: 'bags', reason: 'BAGS_LOW', severity: 'notice' }],
  })
  const services = [{ service: 'intake' as const, available: false, reasons: ['NO_BAGS' as const] }]
  expect(readiness({ ...well, services, supplies: bags(0) })).toMatchObject({
    fit: false,
    findings: [{ subject: 'bags', reason: 'NO_BAGS', severity: 'unfit' }],
  })
})

it('names what no device is the cause of', () => {
  const { findings } = readiness({
    ...well,
    services: [{ service: 'intake', available: false, reasons: ['NO_FREE_COMPARTMENT'] }],
  })
  expect(findings).toEqual([
    { subject: 'compartments', reason: 'NO_FREE_COMPARTMENT', severity: 'unfit' },
  ])
})
