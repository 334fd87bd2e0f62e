import type { Clock } from '../clock.ts'
import { hashSecret, verifySecret } from '../security/secret-hash.ts'
import type { ProvinceStore } from '../store/contract.ts'

/** `busy`: too many others are signing in at this moment. */
export type SignInOutcome = 'signedIn' | 'wrong' | 'locked' | 'busy'

/** Each comparison costs memory and most of a processor for a third of a second, and anybody may ask for one. */
export const mostAtOnce = 8
/** A stranger's tries fill no disk and push nothing out of the log: what says nothing new is not written again. */
const unknownNameEveryMs = 60_000

/** Checks name and password; unknown names take as long as known ones and get the same answer. */
export function signInChecker(parts: {
  readonly store: ProvinceStore
  readonly clock: Clock
  readonly maxTries: number
  readonly lockMs: number
}): (name: string, password: string) => Promise<SignInOutcome> {
  const { store, clock, maxTries, lockMs } = parts
  let decoy: Promise<string> | undefined
  let comparing = 0
  /** When the same was last written down; by known names and `?` only. */
  const written = new Map<string, number>()

  const check = async (name: string, password: string): Promise<SignInOutcome> => {
    const now = clock()
    const lockedUntil = new Date(now.getTime() + lockMs).toISOString()
    const log = (action: 'signIn' | 'signInFailed' | 'signInLocked', user: string) =>
      store.accessLog.add({ at: now.toISOString(), user, action, subject: '' })
    const logEvery = async (everyMs: number, ...entry: Parameters<typeof log>) => {
      const last = written.get(entry[1])
      if (last !== undefined && Math.abs(now.getTime() - last) < everyMs) return
      written.set(entry[1], now.getTime())
      await log(...entry)
    }

    const user = await store.users.find(name)
    if (!user) {
      decoy ??= hashSecret('nobody')
      await verifySecret(password, await decoy)
      // The name is not repeated: people type passwords into the wrong field.
      await logEvery(unknownNameEveryMs, 'signInFailed', '?')
      return 'wrong'
    }
    const allowed = await store.users.beginTry(name, now.toISOString(), { maxTries, lockedUntil })
    if (allowed === 'locked') {
      await logEvery(lockMs, 'signInLocked', name)
      return 'locked'
    }
    written.delete(name)
    if (!(await verifySecret(password, user.passwordHash))) {
      await log('signInFailed', name)
      return 'wrong'
    }
    await store.users.forgetTries(name)
    await log('signIn', name)
    return 'signedIn'
  }

  return async (name, password) => {
    if (comparing >= mostAtOnce) return 'busy'
    comparing += 1
    try {
      return await check(name, password)
    } finally {
      comparing -= 1
    }
  }
}
