import type { Screen } from '../screen.ts'
import { input } from './parts.ts'

export const officerExamples: Readonly<Record<string, Screen>> = {
  stockScan: {
    name: 'stockScan',
    waiting: [
      { dossierCode: 'H00.01-260502-0001', size: 'small', what: 'result' },
      { dossierCode: 'H00.01-260502-0002', size: 'large', what: 'papers' },
    ],
    freeCompartments: 9,
    lastStocked: { dossierCode: 'H00.01-260501-0009', compartment: 4 },
    problem: 'notOnList',
  },
  stockDoor: {
    name: 'stockDoor',
    dossierCode: 'H00.01-260502-0001',
    door: { compartment: 6, step: 'open' },
  },
  emptyList: {
    name: 'emptyList',
    bags: [
      { compartment: 2, bagCode: 'TUI-0000480', state: 'deposited' },
      { compartment: 5, bagCode: 'TUI-0000482', state: 'unknown' },
      { compartment: 8, bagCode: 'TUI-0000481', state: 'suspect' },
    ],
    returns: [{ compartment: 11, dossierCode: 'H00.01-260402-0003', reason: 'expired' }],
    looks: [7],
    mayHandOver: true,
    problem: null,
  },
  returnDoor: {
    name: 'returnDoor',
    door: { compartment: 11, step: 'open' },
    dossierCode: 'H00.01-260402-0003',
    reason: 'expired',
    gone: false,
    inRound: true,
  },
  handOver: {
    name: 'handOver',
    counts: { collected: 18, unreadable: 1, missing: 1, surplus: 0, returned: 2 },
    printed: 'printed',
  },
  'handOver-notPrinted': {
    name: 'handOver',
    counts: { collected: 18, unreadable: 1, missing: 1, surplus: 0, returned: 2 },
    printed: 'notPrinted',
  },
  emptyDoor: {
    name: 'emptyDoor',
    door: { compartment: 2, step: 'open' },
    bagCode: 'TUI-0000480',
    bagSettled: false,
    strangeCode: 'TUI-0000477',
    inRound: true,
    problem: 'bagNotExpected',
  },
  'emptyDoor-settled': {
    name: 'emptyDoor',
    door: { compartment: 2, step: 'closeDoor' },
    bagCode: 'TUI-0000480',
    bagSettled: true,
    strangeCode: null,
    inRound: false,
    problem: null,
  },
  offListDoors: {
    name: 'offListDoors',
    compartments: Array.from({ length: 12 }, (_, index) => {
      const compartment = index + 1
      if (compartment === 2 || compartment === 5) {
        const code = `TUI-000048${compartment}`
        return { compartment, holds: 'bag', code, isDoubtful: compartment === 5, mayOpen: false }
      }
      if (compartment === 9 || compartment === 11) {
        const code = `H00.01-260502-000${compartment - 8}`
        return { compartment, holds: 'result', code, isDoubtful: false, mayOpen: true }
      }
      const isDoubtful = compartment === 7
      return { compartment, holds: 'nothing', code: null, isDoubtful, mayOpen: true }
    }),
    problem: null,
  },
  offListReason: {
    name: 'offListReason',
    compartment: 9,
    reasons: ['officeAsks', 'wrongContents', 'doorSuspect'],
  },
  offListSecond: { name: 'offListSecond', compartment: 9, reason: 'officeAsks', problem: null },
  offListSecondPin: {
    ...{ name: 'offListSecondPin', compartment: 9, reason: 'officeAsks', problem: null },
    input: input('pin', 'digits', '•••', 12, true),
  },
  offListDoor: {
    name: 'offListDoor',
    door: { compartment: 9, step: 'open' },
    dossierCode: 'H00.01-260502-0001',
  },
  staffDoorProblem: { name: 'staffDoorProblem', compartment: 2, reason: 'doorJammed' },
}
