import { beforeAll, expect, test } from 'vitest'
import type { TryScope } from '../domain/lockout.ts'
import { badgeHash } from './badge-hash.ts'
import { grantValidity } from './grant-validity.ts'
import { hashPin } from './pin.ts'
import { createSignIn, type SignInPorts } from './sign-in.ts'

const officerBadge = 'MCB1*synthetic-officer'
const technicianBadge = 'MCB1*synthetic-technician'
const window = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-12-31T00:00:00Z' }
const summer = '2026-07-01T00:00:00Z'
const rightPin = '246813'
let pinHash = ''

beforeAll(async () => {
  pinHash = await hashPin(rightPin)
})

function machine(overrides: Partial<SignInPorts> = {}) {
  const counters = new Map<string, number>()
  const calls: string[] = []
  const ports: SignInPorts = {
    staffByBadgeHash: (hash) =>
      hash === badgeHash(officerBadge)
        ? { staffId: 'CB01', displayName: 'Cán bộ mẫu', role: 'officer', pinHash, ...window }
        : undefined,
    beginTry(scopes: readonly TryScope[]) {
      calls.push('count')
      for (const { scope } of scopes) counters.set(scope, (counters.get(scope) ?? 0) + 1)
      return scopes.every(({ scope, limit }) => (counters.get(scope) ?? 0) <= limit)
    },
    clearTries(scopes) {
      calls.push('clear')
      for (const scope of scopes) counters.delete(scope)
    },
    knownTime: () => ({ now: summer, synchronised: true, notEarlierThan: summer }),
    ...overrides,
  }
  const signIn = createSignIn(ports, {
    firstTechnician: {
      staffId: 'KT01',
      displayName: 'Kỹ thuật viên mẫu',
      badgeHash: badgeHash(technicianBadge),
      pinHash,
    },
    lockout: { attempts: 3, firstWaitMs: 60_000 },
  })
  return { signIn, calls, counters }
}

test('badge and PIN of an officer', async () => {
  const { signIn } = machine()
  const member = { staffId: 'CB01', displayName: 'Cán bộ mẫu', role: 'officer' }
  expect(signIn.identify(officerBadge)).toEqual({ ok: true, member })
  expect(await signIn.enter(officerBadge, rightPin)).toEqual({ ok: true, member })
})

test('the first technician comes from the configuration', async () => {
  const { signIn } = machine()
  expect(await signIn.enter(technicianBadge, rightPin)).toMatchObject({
    ok: true,
    member: { staffId: 'KT01', role: 'technician' },
  })
})

test('a badge nobody knows, and what is no badge', async () => {
  const { signIn, calls } = machine()
  expect(signIn.identify('MCB1*somebody-else')).toEqual({ ok: false, code: 'BADGE_UNKNOWN' })
  expect(signIn.identify('092090012345')).toEqual({ ok: false, code: 'NOT_A_BADGE' })
  expect(await signIn.enter('MCB1*somebody-else', rightPin)).toMatchObject({
    code: 'BADGE_UNKNOWN',
  })
  expect(calls).toEqual([])
})

test('a try is counted before it is compared, and a right one clears the count', async () => {
  const { signIn, calls, counters } = machine()
  expect(await signIn.enter(officerBadge, '000000')).toEqual({ ok: false, code: 'PIN_WRONG' })
  expect(calls).toEqual(['count'])
  expect(await signIn.enter(officerBadge, rightPin)).toMatchObject({ ok: true })
  expect(calls).toEqual(['count', 'count', 'clear'])
  expect(counters.size).toBe(0)
})

test('after too many tries even the right PIN is not looked at', async () => {
  const { signIn } = machine()
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(await signIn.enter(officerBadge, '000000')).toMatchObject({ code: 'PIN_WRONG' })
  }
  expect(await signIn.enter(officerBadge, rightPin)).toEqual({ ok: false, code: 'PIN_LOCKED' })
  expect(await signIn.enter(technicianBadge, rightPin)).toMatchObject({ ok: true })
})

test('tries begun at the same moment are all counted', async () => {
  const { signIn } = machine()
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => signIn.enter(officerBadge, '000000')),
  )
  const codes = answers.map((answer) => (answer.ok ? 'in' : answer.code))
  expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(3)
  expect(codes.filter((code) => code === 'PIN_LOCKED')).toHaveLength(3)
})

test('an endless PIN is wrong, not work', async () => {
  const { signIn } = machine()
  expect(await signIn.enter(officerBadge, '1'.repeat(1_000_000))).toMatchObject({
    code: 'PIN_WRONG',
  })
})

test('a grant taken back between badge and PIN opens nothing', async () => {
  let revoked = false
  const row = { staffId: 'CB01', displayName: 'x', role: 'officer', pinHash, ...window } as const
  const { signIn } = machine({ staffByBadgeHash: () => (revoked ? undefined : row) })
  expect(signIn.identify(officerBadge).ok).toBe(true)
  revoked = true
  expect(await signIn.enter(officerBadge, rightPin)).toEqual({ ok: false, code: 'BADGE_UNKNOWN' })
})

test.each([
  ['2026-07-01T00:00:00Z', true, summer, 'valid'],
  ['2025-07-01T00:00:00Z', true, '2025-01-01T00:00:00Z', 'notYet'],
  ['2027-07-01T00:00:00Z', true, summer, 'expired'],
  // The battery is dead and the clock fell back: staff are not locked out …
  ['1970-01-01T00:00:10Z', false, summer, 'valid'],
  ['1970-01-01T00:00:10Z', false, '2025-06-01T00:00:00Z', 'valid'],
  // … and no expired right comes back.
  ['1970-01-01T00:00:10Z', false, '2027-01-01T00:00:00Z', 'expired'],
  ['2031-01-01T00:00:00Z', false, summer, 'expired'],
])('clock %s, synchronised %s, surely past %s: %s', (now, synchronised, notEarlierThan, is) => {
  expect(grantValidity(window, { now, synchronised, notEarlierThan })).toBe(is)
})
