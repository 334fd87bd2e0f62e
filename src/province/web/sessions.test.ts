import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { createSessions } from './sessions.ts'

const minuteMs = 60_000

async function started() {
  const folder = mkdtempSync(join(tmpdir(), 'province-sessions-'))
  const store = openSqliteStore(folder)
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const name of ['canbo', 'a']) {
    const user = { name, displayName: name, role: 'officer', passwordHash: 'x' } as const
    await store.users.addIfMissing(user)
  }
  let nowMs = Date.UTC(2026, 1, 9, 1)
  const sessions = createSessions({
    store: store.sessions,
    clock: () => new Date(nowMs),
    idleMs: 30 * minuteMs,
    maxMs: 90 * minuteMs,
  })
  return { sessions, wait: (ms: number) => (nowMs += ms) }
}

describe('sessions', () => {
  it('ends after idling, and lives on while it is used', async () => {
    const { sessions, wait } = await started()
    const id = await sessions.start('canbo')
    wait(29 * minuteMs)
    expect((await sessions.find(id))?.userName).toBe('canbo')
    wait(29 * minuteMs)
    expect((await sessions.find(id))?.userName).toBe('canbo')
    wait(31 * minuteMs)
    expect(await sessions.find(id)).toBeUndefined()
  })

  it('ends at its longest age however busy it is', async () => {
    const { sessions, wait } = await started()
    const id = await sessions.start('canbo')
    for (let step = 0; step < 4; step++) {
      wait(20 * minuteMs)
      expect(await sessions.find(id)).toBeDefined()
    }
    wait(11 * minuteMs)
    expect(await sessions.find(id)).toBeUndefined()
  })

  it('knows nobody by a made-up, absent or ended id', async () => {
    const { sessions } = await started()
    const id = await sessions.start('canbo')
    await sessions.end(id)
    expect(await sessions.find(id)).toBeUndefined()
    expect(await sessions.find('made-up')).toBeUndefined()
    expect(await sessions.find(undefined)).toBeUndefined()
  })

  it('gives every session its own secrets', async () => {
    const { sessions } = await started()
    const [first, second] = [await sessions.start('a'), await sessions.start('a')]
    expect(first).not.toBe(second)
    expect((await sessions.find(first))?.csrfToken).not.toBe(
      (await sessions.find(second))?.csrfToken,
    )
  })
})
