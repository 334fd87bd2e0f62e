import { expect, it } from 'vitest'
import { setup } from 'xstate'
import { type RecoveryPorts, recover } from './recovery.ts'

it('ends with core in the middle of a staff door, and leaves it to the next start', async () => {
  const changed: string[] = []
  const staffDoor = setup({}).createMachine({ initial: 'open', states: { open: {} } })
  const store = {
    unfinishedDossiers: () => [],
    unfinishedOpenings: () => [],
    compartments: () => [
      { number: 4, state: 'emptying', intakeId: null, resultId: null, reason: null },
    ],
    markCompartment: (number: number) => changed.push(`mark ${number}`),
    cancelEmptying: (number: number) => changed.push(`cancel ${number}`),
  }
  const clock = { now: () => new Date(0), monotonicMs: () => 0, setTimer: () => () => {} }
  const recovery = recover({
    ...{ clock, store, staffDoor },
    onSettled: () => changed.push('settled'),
  } as unknown as RecoveryPorts)
  let settled: unknown = 'not yet'
  recovery.settled.then(
    () => (settled = 'all decided'),
    (error: unknown) => (settled = error),
  )
  expect(recovery.watches(4)).toBe(true)
  recovery.stop()
  await new Promise<void>((done) => setImmediate(done))
  expect(settled).toBe('not yet')
  expect(changed).toEqual([])
})
