import type { Clock } from '../clock.ts'
import { hashSecret, verifySecret } from '../security/secret-hash.ts'
import type { ProvinceStore } from '../store/contract.ts'

export type SignInOutcome = 'signedIn' | 'wrong' | 'locked'

/** Checks name and password; unknown names take as long as known ones and get the same answer. */
export function signInChecker(parts: {
  readonly store: ProvinceStore
  readonly clock: Clock
  readonly maxTries: number
  readonly lockMs: number
}): (name: string, password: string) => Promise<SignInOutcome> {
  const { store, clock, maxTries, lockMs } = parts
  let decoy: Promise<string> | undefined

  return async (name, password) => {
    const now = clock()
    const lockedUntil = new Date(now.getTime() + lockMs).toISOString()
    const log = (action: 'signIn' | 'signInFailed' | 'signInLocked', user: string) =>
      store.accessLog.add({ at: now.toISOString(), user, action, subject: '' })

    const user = await store.users.find(name)
    if (!user) {
      decoy ??= hashSecret('nobody')
      await verifySecret(password, await decoy)
      // The name is not repeated: people type passwords into the wrong field.
      await log('signInFailed', '?')
      return 'wrong'
    }
    const allowed = await store.users.beginTry(name, now.toISOString(), { maxTries, lockedUntil })
    if (allowed === 'locked') {
      await log('signInLocked', name)
      return 'locked'
    }
    if (!(await verifySecret(password, user.passwordHash))) {
      await log('signInFailed', name)
      return 'wrong'
    }
    await store.users.forgetTries(name)
    await log('signIn', name)
    return 'signedIn'
  }
}
