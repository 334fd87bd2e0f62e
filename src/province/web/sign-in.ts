import { performance } from 'node:perf_hooks'
import { setTimeout as pauseFor } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { defaultScryptCost, verifySecret } from '../security/secret-hash.ts'
import type { ProvinceStore } from '../store/contract.ts'
import { addressTries } from './address-tries.ts'

/** `tooMany`: from that address, whatever name. `busy`: too many others are signing in at this moment. */
export type SignInOutcome = 'signedIn' | 'wrong' | 'tooMany' | 'busy'

export interface SignInTry {
  readonly name: string
  readonly password: string
  /** Where it comes from. */
  readonly address: string
}

export interface SignInParts {
  readonly store: ProvinceStore
  readonly clock: Clock
  readonly maxTries: number
  readonly lockMs: number
  readonly triesPerAddress: number
  readonly compare?: (password: string, hash: string) => Promise<boolean>
  readonly pause?: (ms: number) => Promise<unknown>
}

/** Each comparison costs memory and most of a processor for a third of a second, and anybody may ask for one. */
export const mostAtOnce = 8
/** A stranger's tries fill no disk and push nothing out of the log: what says nothing new is not written again. */
const unknownNameEveryMs = 60_000
/** A refusal comes no sooner, so that the little that is written for known names only cannot be timed. */
export const refusedAfterMs = 750

const { N, r, p } = defaultScryptCost
/** Compared with where there is nothing to compare with: as slow as any, and nobody's. */
const decoy = `scrypt$${N}$${r}$${p}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`

/**
 * Checks name and password. Unknown names and locked ones get the answer of a wrong password and take as long:
 * nothing here tells who works at this province.
 *
 * @param action what a right password is written down as
 */
export function signInChecker(
  parts: SignInParts,
): (attempt: SignInTry, action?: 'signIn' | 'passwordChanged') => Promise<SignInOutcome> {
  const { store, clock, maxTries, lockMs, compare = verifySecret, pause = pauseFor } = parts
  const addresses = addressTries({ clock, limit: parts.triesPerAddress, windowMs: lockMs })
  let comparing = 0
  /** When the same was last written down; by known names, `?` and `address` only. */
  const written = new Map<string, number>()

  async function log(action: 'signIn' | 'passwordChanged' | 'signInFailed', user: string) {
    await store.accessLog.add({ at: clock().toISOString(), user, action, subject: '' })
  }

  async function logEvery(
    everyMs: number,
    action: 'signInFailed' | 'signInLocked',
    user: string,
    subject = '',
  ): Promise<void> {
    const now = clock()
    const key = `${action} ${user} ${subject}`
    const last = written.get(key)
    if (last !== undefined && Math.abs(now.getTime() - last) < everyMs) return
    written.set(key, now.getTime())
    await store.accessLog.add({ at: now.toISOString(), user, action, subject })
  }

  async function check(
    { name, password }: SignInTry,
    action: 'signIn' | 'passwordChanged',
  ): Promise<boolean> {
    const now = clock()
    const lockedUntil = new Date(now.getTime() + lockMs).toISOString()
    const user = await store.users.find(name)
    const allowed = user
      ? await store.users.beginTry(name, now.toISOString(), { maxTries, lockedUntil })
      : 'unknown'
    const hash = user && allowed === 'allowed' ? user.passwordHash : decoy
    const isRight = await compare(password, hash)
    // An unknown name is not repeated: people type passwords into the wrong field.
    if (!user) await logEvery(unknownNameEveryMs, 'signInFailed', '?')
    else if (allowed === 'locked') await logEvery(lockMs, 'signInLocked', name)
    else {
      written.delete(`signInLocked ${name} `)
      if (isRight) await store.users.forgetTries(name)
      await log(isRight ? action : 'signInFailed', name)
      return isRight
    }
    return false
  }

  return async (attempt, action = 'signIn') => {
    if (!addresses.begin(attempt.address)) {
      await logEvery(lockMs, 'signInLocked', '?', 'address')
      return 'tooMany'
    }
    if (comparing >= mostAtOnce) {
      addresses.takeBack(attempt.address)
      return 'busy'
    }
    comparing += 1
    const startedMs = performance.now()
    const isRight = await check(attempt, action).finally(() => {
      comparing -= 1
    })
    if (isRight) {
      addresses.takeBack(attempt.address)
      return 'signedIn'
    }
    await pause(Math.max(0, refusedAfterMs - (performance.now() - startedMs)))
    return 'wrong'
  }
}
