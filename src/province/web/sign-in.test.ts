import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashSecret } from '../security/secret-hash.ts'
import type { ProvinceStore } from '../store/contract.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { mostAtOnce, signInChecker } from './sign-in.ts'

let folder: string
let store: ProvinceStore
let nowMs = Date.parse('2026-02-09T03:00:00.000Z')
const minuteMs = 60_000
const lockMs = 10 * minuteMs
let check: ReturnType<typeof signInChecker>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sign-in-'))
  store = openSqliteStore(folder)
  const passwordHash = await hashSecret('right', { N: 1024, r: 8, p: 1 })
  await store.users.addIfMissing({
    name: 'canbo',
    displayName: 'Cán bộ mẫu',
    role: 'officer',
    passwordHash,
  })
  check = signInChecker({ store, clock: () => new Date(nowMs), maxTries: 2, lockMs })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const rows = async (action: string) =>
  (await store.accessLog.list(1_000)).filter((row) => row.action === action).length

it('writes a lock down once, however often somebody hammers on it', async () => {
  for (let tries = 0; tries < 2; tries += 1) expect(await check('canbo', 'wrong')).toBe('wrong')
  nowMs += lockMs / 2
  for (let tries = 0; tries < 50; tries += 1) expect(await check('canbo', 'wrong')).toBe('locked')
  expect(await rows('signInLocked')).toBe(1)
  expect(await rows('signInFailed')).toBe(2)

  nowMs += lockMs / 2 + 1
  expect(await check('canbo', 'right')).toBe('signedIn')
  for (let tries = 0; tries < 4; tries += 1) await check('canbo', 'wrong')
  expect(await rows('signInLocked')).toBe(2)
})

it('writes unknown names down once a minute: nobody pushes the others out of the log', async () => {
  for (let tries = 0; tries < 3; tries += 1)
    expect(await check(`nobody${tries}`, 'x')).toBe('wrong')
  expect(await rows('signInFailed')).toBe(1)
  nowMs += minuteMs
  await check('nobody', 'x')
  expect(await rows('signInFailed')).toBe(2)
})

it('compares a few passwords at once and turns the others away, unlogged', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => check('canbo', 'wrong')))
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(20 - mostAtOnce)
  expect(await rows('signInFailed')).toBe(2)
  nowMs += lockMs + 1
  expect(await check('canbo', 'right')).toBe('signedIn')
})
