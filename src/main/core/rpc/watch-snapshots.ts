import type { Snapshot } from '../../../contract/snapshot.ts'
import type { SessionPort } from './session-port.ts'

/**
 * The current snapshot at once, then the newest one whenever the consumer is ready for it: a slow client skips
 * what it missed and never makes a queue.
 */
export async function* watchSnapshots(
  session: SessionPort,
  signal: AbortSignal | undefined,
): AsyncGenerator<Snapshot, void> {
  let changed = true
  let wake = () => {}
  const stopListening = session.onChange(() => {
    changed = true
    wake()
  })
  const onAbort = () => wake()
  signal?.addEventListener('abort', onAbort)
  try {
    while (signal?.aborted !== true) {
      if (changed) {
        changed = false
        yield session.current()
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    stopListening()
    signal?.removeEventListener('abort', onAbort)
  }
}
