import { parentPort, workerData } from 'node:worker_threads'
import { StoreFault } from '../store-fault.ts'
import type { BackupAnswer } from './back-up-in-thread.ts'
import { type BackupRequest, makeBackup } from './make-backup.ts'

/** The thread that makes one backup and ends. */
const request: BackupRequest = workerData
let answer: BackupAnswer
try {
  answer = { ok: true, made: makeBackup(request) }
} catch (error) {
  answer = { ok: false, code: error instanceof StoreFault ? error.code : codeOf(error) }
}
parentPort?.postMessage(answer)

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.name : 'UNKNOWN'
}
