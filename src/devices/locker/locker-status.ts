import type { DeviceStatus } from '../contract.ts'
import type { LockBoard } from './lock-board.ts'

/**
 * Status of a connected bus. One dead board takes its own compartments and no others, so it is a reason beside
 * `online`; only when all are dead the bank is `offline`.
 */
export function lockerStatus(boards: readonly LockBoard[]): DeviceStatus {
  const silences = boards.map((board) => board.silentBecause())
  const garbled = silences.includes('GARBLED')
  if (silences.every((silence) => silence !== undefined)) {
    return { state: 'offline', reasons: [garbled ? 'GARBLED' : 'BUS_SILENT'] }
  }
  const undecided = boards.some(
    (board) => !board.answeredSinceConnect() && board.silentBecause() === undefined,
  )
  if (undecided) return { state: 'starting', reasons: [] }
  const silent = silences.includes('SILENT')
  return {
    state: 'online',
    reasons: [...(silent ? (['SILENT'] as const) : []), ...(garbled ? (['GARBLED'] as const) : [])],
  }
}
