import { Worker } from 'node:worker_threads'
import type { BackupRequest, MadeBackup } from './make-backup.ts'

export type BackupAnswer =
  | { readonly ok: true; readonly made: MadeBackup }
  /** A `StoreFault`'s code, or the operating system's. */
  | { readonly ok: false; readonly code: string }

/** Makes a backup away from the event loop; never rejects. A thread that dies is a backup that failed. */
export function backUpInThread(request: BackupRequest): Promise<BackupAnswer> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL('./backup-worker.ts', import.meta.url), {
      workerData: request,
    })
    thread.unref()
    thread.once('message', resolve)
    thread.once('error', (error) => resolve({ ok: false, code: error.name }))
    thread.once('exit', () => resolve({ ok: false, code: 'THREAD_ENDED' }))
  })
}
