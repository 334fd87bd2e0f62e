import type { Locker } from '../../devices/contract.ts'
import type { FlowStore } from '../flows/store-port.ts'

/**
 * Resolves when the doors have been seen, at once when no unfinished matter depends on them, and after
 * `waitMs` in any case: a dead bus must not keep the machine from saying so.
 */
export async function firstFacts(
  locker: Locker | undefined,
  store: FlowStore,
  waitMs: number,
): Promise<void> {
  const waiting =
    store.unfinishedDossiers().some(({ state }) => state === 'sealed') ||
    store.unfinishedOpenings().length > 0 ||
    store.compartments().some(({ state }) => state === 'emptying' || state === 'assigned')
  if (!locker || !waiting) return
  const seen = () => locker.status().state === 'online' || locker.status().state === 'busy'
  if (seen()) return
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(finish, waitMs)
    const stop = locker.onStatus(() => {
      if (seen()) finish()
    })
  })
}
