import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { sha256Hex } from '../security/tokens.ts'
import type { SessionStore } from '../store/contract.ts'

export interface Session {
  readonly userName: string
  /** Must come back in every form of this session. */
  readonly csrfToken: string
}

export interface Sessions {
  /** Answers the secret for the cookie. */
  start(userName: string): Promise<string>
  find(id: string | undefined): Promise<Session | undefined>
  end(id: string | undefined): Promise<void>
}

/** Kept in the store, where every process of this province finds them; the cookie's secret only as a hash. */
export function createSessions(options: {
  readonly store: SessionStore
  readonly clock: Clock
  readonly idleMs: number
  readonly maxMs: number
}): Sessions {
  const { store, clock, idleMs, maxMs } = options
  const over = (now: Date) => ({
    startedBefore: new Date(now.getTime() - maxMs).toISOString(),
    seenBefore: new Date(now.getTime() - idleMs).toISOString(),
  })
  return {
    async start(userName) {
      const now = clock()
      const id = randomBytes(32).toString('base64url')
      const csrfToken = randomBytes(32).toString('base64url')
      const idHash = sha256Hex(id)
      await store.add({ idHash, userName, csrfToken, startedAt: now.toISOString() }, over(now))
      return id
    },
    async find(id) {
      if (id === undefined) return undefined
      const now = clock()
      return store.see(sha256Hex(id), now.toISOString(), over(now))
    },
    async end(id) {
      if (id !== undefined) await store.end(sha256Hex(id))
    },
  }
}
