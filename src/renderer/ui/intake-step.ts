import type { ScreenName } from '../../contract/screen.ts'

export const intakeSteps = [1, 2, 3, 4, 5, 6] as const

const steps: Readonly<Partial<Record<ScreenName, number>>> = {
  notice: 1,
  identify: 1,
  identifyTyped: 1,
  identity: 1,
  relation: 2,
  owner: 2,
  ownerTyped: 2,
  phone: 3,
  phoneAgain: 3,
  phoneCode: 3,
  secret: 3,
  procedures: 4,
  procedure: 4,
  papers: 4,
  scanOffer: 4,
  scanning: 4,
  scanReview: 4,
  scanPage: 4,
  scanTrouble: 4,
  scanSaving: 4,
  scanLeftover: 4,
  bag: 5,
  summary: 5,
  depositDoor: 5,
  depositMissing: 5,
  slipPrinting: 6,
  slipFailed: 6,
  intakeDone: 6,
}

/** Which of the six steps of an intake a screen belongs to; none for the other journeys. */
export function intakeStep(screen: ScreenName): number | undefined {
  return steps[screen]
}
