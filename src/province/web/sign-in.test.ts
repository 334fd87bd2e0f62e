import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashSecret, verifySecret } from '../security/secret-hash.ts'
import type { ProvinceStore } from '../store/contract.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { mostAtOnce, refusedAfterMs, signInChecker } from './sign-in.ts'

let folder: string
let store: ProvinceStore
let nowMs = Date.parse('2026-02-09T03:00:00.000Z')
const minuteMs = 60_000
const lockMs = 10 * minuteMs
let compared: number
let pauses: number[]
let check: (name: string, password: string, address?: string) => Promise<string>

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
  compared = 0
  pauses = []
  const checker = signInChecker({
    ...{ store, clock: () => new Date(nowMs), maxTries: 2, lockMs, triesPerAddress: 5 },
    async compare(password, hash) {
      compared += 1
      return hash.startsWith('scrypt$1024$') && verifySecret(password, hash)
    },
    pause: async (ms) => pauses.push(ms),
  })
  let address = 0
  check = (name, password, from = `10.0.0.${++address}`) =>
    checker({ name, password, address: from })
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
  for (let tries = 0; tries < 50; tries += 1) expect(await check('canbo', 'right')).toBe('wrong')
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

it('answers a known, a locked and an unknown name alike, and no sooner', async () => {
  const answers: string[] = []
  for (const name of ['canbo', 'canbo', 'canbo', 'nobody', 'nobody', 'nobody']) {
    answers.push(await check(name, name === 'canbo' && answers.length === 2 ? 'right' : 'wrong'))
  }
  expect(answers).toEqual(Array(6).fill('wrong'))
  expect(compared).toBe(6)
  expect(pauses).toHaveLength(6)
  for (const ms of pauses) expect(ms).toBeGreaterThan(refusedAfterMs / 2)
})

it('stops an address that tries many names, known or not, without a comparison', async () => {
  const from = '203.0.113.7'
  for (const name of ['a', 'b', 'canbo', 'c', 'd']) {
    expect(await check(name, 'guess', from)).toBe('wrong')
  }
  expect(await check('canbo', 'right', from)).toBe('tooMany')
  expect(await check('nobody', 'guess', from)).toBe('tooMany')
  expect(compared).toBe(5)
  expect(await rows('signInLocked')).toBe(1)
  // Everybody else goes on, and so does that address when the time is over.
  expect(await check('canbo', 'right', '203.0.113.8')).toBe('signedIn')
  nowMs += lockMs
  expect(await check('canbo', 'right', from)).toBe('signedIn')
})

it('does not count who is right: an office behind one address works all day', async () => {
  for (let times = 0; times < 20; times += 1) {
    expect(await check('canbo', 'right', '203.0.113.7')).toBe('signedIn')
  }
})
