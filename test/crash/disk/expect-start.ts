import { expect } from 'vitest'
import type { FailingCalls } from '../../support/failing-calls.ts'
import type { StartBench, StartCall } from './start-calls.ts'

/** Of these a restore is the remedy, once they cannot be read at all. */
const database = /^kiosk\/kiosk\.sqlite/

export async function expectStart(
  bench: StartBench,
  one: StartCall,
  how: 'once' | 'for good',
  error?: FailingCalls['error'],
): Promise<void> {
  const { failing, next, restored } = await bench.start(one, how, error)
  // It comes up, or it ends as a crash, which the supervisor answers with another start.
  expect(failing.exitCode, failing.said).not.toBe(78)
  if (!failing.ready) expect(failing.exitCode).not.toBe(0)
  const mayRestore = how === 'for good' && /read/.test(one.call) && database.test(one.file)
  if (!mayRestore) expect(restored, failing.said).toBe(false)
  expect(next, next.said).toMatchObject({ ready: true, exitCode: 0 })
}
