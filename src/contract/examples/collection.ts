import type { Screen } from '../screen.ts'
import { input } from './parts.ts'

export const collectionExamples: Readonly<Record<string, Screen>> = {
  collect: { name: 'collect', slip: true, card: false, code: false, problem: null },
  'collect-empty': {
    name: 'collect',
    slip: false,
    card: false,
    code: false,
    problem: 'unreadable',
  },
  collectTyped: {
    name: 'collectTyped',
    input: input('collectionCode', 'digits', '••••', 10),
    slip: true,
    card: false,
    problem: null,
  },
  'collectTyped-intake': {
    name: 'collectTyped',
    input: input('intakeNumber', 'code', 'K07-1-0001', 20),
    slip: false,
    card: false,
    problem: 'intakeNumberShape',
  },
  collectProof: { name: 'collectProof', problem: null },
  collectRefused: { name: 'collectRefused', refusal: 'codeNotValid' },
  'collectRefused-officer': { name: 'collectRefused', refusal: 'officerOnly' },
  'collectDoor-open': { name: 'collectDoor', door: { compartment: 11, step: 'open' } },
  'collectDoor-close': { name: 'collectDoor', door: { compartment: 11, step: 'closeDoor' } },
  'collectDoor-notOpened': { name: 'collectDoor', door: { compartment: 11, step: 'notOpened' } },
  collectDone: { name: 'collectDone', compartment: 11 },
  collectNotTaken: {
    name: 'collectNotTaken',
    compartment: 11,
    reason: 'stillInside',
    canOpenAgain: true,
  },
  collectIncident: { name: 'collectIncident', compartment: 11 },
}
