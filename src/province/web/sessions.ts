import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

export interface Session {
  readonly userName: string
  /** Must come back in every form of this session. */
  readonly csrfToken: string
}

export interface Sessions {
  /** Answers the secret for the cookie. */
  start(userName: string): string
  find(id: string | undefined): Session | undefined
  end(id: string | undefined): void
}

/** Kept in memory: a restart of the province signs everybody out. */
export function createSessions(options: {
  readonly clock: Clock
  readonly idleMs: number
  readonly maxMs: number
}): Sessions {
  const { clock, idleMs, maxMs } = options
  const live = new Map<string, Session & { readonly startedMs: number; seenMs: number }>()
  const isOver = (session: { startedMs: number; seenMs: number }, nowMs: number) =>
    nowMs - session.seenMs > idleMs || nowMs - session.startedMs > maxMs

  return {
    start(userName) {
      const nowMs = clock().getTime()
      for (const [id, session] of live) if (isOver(session, nowMs)) live.delete(id)
      const id = randomBytes(32).toString('base64url')
      const csrfToken = randomBytes(32).toString('base64url')
      live.set(id, { userName, csrfToken, startedMs: nowMs, seenMs: nowMs })
      return id
    },
    find(id) {
      if (id === undefined) return undefined
      const session = live.get(id)
      if (!session) return undefined
      const nowMs = clock().getTime()
      if (isOver(session, nowMs)) {
        live.delete(id)
        return undefined
      }
      session.seenMs = nowMs
      return session
    },
    end(id) {
      if (id !== undefined) live.delete(id)
    },
  }
}
