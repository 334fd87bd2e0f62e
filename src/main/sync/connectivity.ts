import type { HttpAnswer } from './http-exchange.ts'

/** Whether the province can be reached, as far as the last exchange told. */
export interface Connectivity {
  readonly state: 'unknown' | 'online' | 'offline'
  /** Last time an answer of the province came, UTC ISO 8601. */
  readonly lastContactAt: string | null
  /** Why the last exchange failed; null while online. */
  readonly reason: string | null
}

export interface ConnectivityTracker {
  current(): Connectivity
  /** Called when the state changes, not at every contact. */
  onChange(listener: (connectivity: Connectivity) => void): () => void
  /** Hand in every exchange (`ProvinceClientOptions.onExchange`). */
  note(answer: HttpAnswer): void
}

export function trackConnectivity(now: () => Date): ConnectivityTracker {
  let current: Connectivity = { state: 'unknown', lastContactAt: null, reason: null }
  const listeners = new Set<(connectivity: Connectivity) => void>()
  return {
    current: () => current,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    note(answer) {
      if (answer.outcome === 'later' && answer.code === 'ABORTED') return
      const before = current.state
      const reached = answeredByProvince(answer)
      current = reached
        ? { state: 'online', lastContactAt: now().toISOString(), reason: null }
        : { ...current, state: 'offline', reason: 'code' in answer ? answer.code : null }
      if (current.state !== before) for (const listener of listeners) listener(current)
    },
  }
}

/** A refusal is an answer too; a network error, a busy server or a stranger's page is none. */
function answeredByProvince(answer: HttpAnswer): boolean {
  switch (answer.outcome) {
    case 'ok':
    case 'rejected':
    case 'epochUnknown':
    case 'stop':
      return true
    case 'later':
    case 'garbled':
      return false
  }
}
