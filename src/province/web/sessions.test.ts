import { describe, expect, it } from 'vitest'
import { createSessions } from './sessions.ts'

const minuteMs = 60_000

function started() {
  let nowMs = Date.UTC(2026, 1, 9, 1)
  const sessions = createSessions({
    clock: () => new Date(nowMs),
    idleMs: 30 * minuteMs,
    maxMs: 90 * minuteMs,
  })
  return { sessions, wait: (ms: number) => (nowMs += ms) }
}

describe('sessions', () => {
  it('ends after idling, and lives on while it is used', () => {
    const { sessions, wait } = started()
    const id = sessions.start('canbo')
    wait(29 * minuteMs)
    expect(sessions.find(id)?.userName).toBe('canbo')
    wait(29 * minuteMs)
    expect(sessions.find(id)?.userName).toBe('canbo')
    wait(31 * minuteMs)
    expect(sessions.find(id)).toBeUndefined()
  })

  it('ends at its longest age however busy it is', () => {
    const { sessions, wait } = started()
    const id = sessions.start('canbo')
    for (let step = 0; step < 4; step++) {
      wait(20 * minuteMs)
      expect(sessions.find(id)).toBeDefined()
    }
    wait(11 * minuteMs)
    expect(sessions.find(id)).toBeUndefined()
  })

  it('knows nobody by a made-up, absent or ended id', () => {
    const { sessions } = started()
    const id = sessions.start('canbo')
    sessions.end(id)
    expect(sessions.find(id)).toBeUndefined()
    expect(sessions.find('made-up')).toBeUndefined()
    expect(sessions.find(undefined)).toBeUndefined()
  })

  it('gives every session its own secrets', () => {
    const { sessions } = started()
    const [first, second] = [sessions.start('a'), sessions.start('a')]
    expect(first).not.toBe(second)
    expect(sessions.find(first)?.csrfToken).not.toBe(sessions.find(second)?.csrfToken)
  })
})
