import type { DeviceReport } from '../diagnosis.ts'
import type { Screen } from '../screen.ts'
import { input } from './parts.ts'

const printer: DeviceReport = {
  id: 'printer',
  state: 'needsAttendant',
  reasons: ['PAPER_OUT'],
  identity: { maker: 'EPSON', model: 'TM-T88VII', firmware: '1.04 ESC/POS' },
  counters: { printed: 412, failed: 1, reconnects: 0 },
  lastTest: {
    ...{ test: 'testSlip', at: '2026-05-01T02:10:00Z', outcome: 'good', detail: 'processId' },
  },
}
const devices: DeviceReport[] = [
  printer,
  {
    ...{ id: 'locker', state: 'online', reasons: [], identity: { model: 'CU16' } },
    ...{ counters: { unlocks: 903, noReply: 2 }, lastTest: null },
  },
  {
    ...{ id: 'reader', state: 'offline', reasons: ['PORT_MISSING'], identity: {} },
    ...{ counters: { readings: 1_544 }, lastTest: null },
  },
  {
    ...{ id: 'scanner', state: 'online', reasons: [], identity: { model: 'simulated-feeder' } },
    ...{ counters: { scans: 80, pages: 311 }, lastTest: null },
  },
]
const exchange = (agoMs: number, direction: 'in' | 'out', hex: string) => ({
  ...{ agoMs, direction, hex },
})

export const technicianExamples: Readonly<Record<string, Screen>> = {
  devices: {
    name: 'devices',
    fit: false,
    findings: [
      { subject: 'printer', reason: 'PAPER_OUT', severity: 'unfit' },
      { subject: 'reader', reason: 'PORT_MISSING', severity: 'unfit' },
      { subject: 'clock', reason: 'CLOCK_UNSYNCHRONISED', severity: 'notice' },
    ],
    devices,
    problem: null,
  },
  'devices-fit': {
    name: 'devices',
    fit: true,
    findings: [],
    devices: devices.map((device) => ({ ...device, state: 'online', reasons: [] })),
    problem: null,
  },
  device: {
    name: 'device',
    device: printer,
    exchanges: [
      exchange(4_210, 'out', '10 04 01'),
      exchange(4_190, 'in', '16'),
      exchange(1_200, 'out', '1d 61 0f'),
      exchange(1_150, 'in', '14 00 0c 00'),
    ],
    tests: ['testSlip'],
    running: null,
    problem: null,
  },
  testDoors: { name: 'testDoors', empty: [1, 3, 4, 7, 9, 12], held: [2, 5, 8], problem: null },
  testDoorSecond: { name: 'testDoorSecond', compartment: 5, problem: null },
  testDoorSecondPin: {
    name: 'testDoorSecondPin',
    compartment: 5,
    input: input('pin', 'digits', '•••', 12, true),
    problem: null,
  },
  lookDoor: {
    name: 'lookDoor',
    door: { compartment: 7, step: 'open' },
    held: false,
    inRound: false,
  },
  'lookDoor-held': {
    ...{ name: 'lookDoor', held: true, inRound: false },
    door: { compartment: 5, step: 'closeDoor' },
  },
  testCode: { name: 'testCode' },
  supportBundle: {
    name: 'supportBundle',
    state: 'safeToRemove',
    file: '/media/support/motcua-K07-20260502T130500Z.tar.gz',
    bytes: 48_213,
  },
  'supportBundle-failed': { name: 'supportBundle', state: 'failed', file: null, bytes: 0 },
}
