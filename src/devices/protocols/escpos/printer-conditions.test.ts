import { describe, expect, test } from 'vitest'
import {
  conditionsFromAutomaticStatus,
  conditionsFromRealTimeStatus,
  conditionsFromRound,
  noConditions,
} from './printer-conditions.ts'

const healthy = { printer: 0x12, offlineCause: 0x12, errorCause: 0x12, paper: 0x12 }

describe('printer conditions', () => {
  test('a healthy printer has none, also with the drawer bit', () => {
    expect(conditionsFromRound(healthy)).toEqual(noConditions)
    expect(conditionsFromRound({ ...healthy, printer: 0x16 })).toEqual(noConditions)
    expect(conditionsFromAutomaticStatus([0x14, 0, 0, 0])).toEqual(noConditions)
  })

  test('automatic status: cover, paper, errors', () => {
    expect(conditionsFromAutomaticStatus([0x38, 0, 0, 0])).toEqual({
      ...noConditions,
      offline: true,
      coverOpen: true,
    })
    expect(conditionsFromAutomaticStatus([0x18, 0, 0x0f, 0])).toEqual({
      ...noConditions,
      offline: true,
      paperEnd: true,
      paperNearEnd: true,
    })
    expect(conditionsFromAutomaticStatus([0x10, 0, 0x03, 0]).paperEnd).toBe(false)
    expect(conditionsFromAutomaticStatus([0x18, 0x08, 0, 0]).cutterError).toBe(true)
    expect(conditionsFromAutomaticStatus([0x18, 0x20, 0, 0]).unrecoverableError).toBe(true)
    expect(conditionsFromAutomaticStatus([0x18, 0x40, 0, 0]).autoRecoverableError).toBe(true)
  })

  test('real-time status: the same byte means another thing for each question', () => {
    expect(conditionsFromRealTimeStatus('printer', 0x1a)).toMatchObject({ offline: true })
    expect(conditionsFromRealTimeStatus('errorCause', 0x1a)).toMatchObject({ cutterError: true })
    expect(conditionsFromRealTimeStatus('offlineCause', 0x16)).toMatchObject({ coverOpen: true })
    expect(conditionsFromRealTimeStatus('errorCause', 0x16)).toMatchObject({
      mechanicalError: true,
    })
  })

  test('a round: out of paper', () => {
    expect(
      conditionsFromRound({ printer: 0x1a, offlineCause: 0x32, errorCause: 0x12, paper: 0x7e }),
    ).toEqual({ ...noConditions, offline: true, paperEnd: true, paperNearEnd: true })
  })
})
