import type { Part } from './part.ts'

/** By the name that `--only` takes, in the order in which they run; loaded one at a time. */
export const parts = {
  unlock: async () => (await import('./unlock/measure-unlock.ts')).measureUnlock,
  unlockInBackup: async () =>
    (await import('./unlock/measure-unlock-in-backup.ts')).measureUnlockInBackup,
  commit: async () => (await import('./measure-commit.ts')).measureCommit,
  largeWal: async () => (await import('./measure-large-wal.ts')).measureLargeWal,
  backup: async () => (await import('./measure-backup.ts')).measureBackup,
  slip: async () => (await import('./measure-slip.ts')).measureSlip,
  drain: async () => (await import('./drain/measure-drain.ts')).measureDrain,
  backlog: async () => (await import('./drain/measure-backlog.ts')).measureBacklog,
  province: async () => (await import('./province/measure-province.ts')).measureProvince,
  start: async () => (await import('./measure-start.ts')).measureStart,
  largeRestart: async () => (await import('./measure-large-restart.ts')).measureLargeRestart,
  touch: async () => (await import('./touch/measure-touch.ts')).measureTouch,
  scan: async () => (await import('./measure-scan.ts')).measureScan,
  scanning: async () => (await import('./measure-scanning.ts')).measureScanning,
  rounds: async () => (await import('./measure-rounds.ts')).measureRounds,
  renderer: async () => (await import('./screens/measure-renderer.ts')).measureRenderer,
  frames: async () => (await import('./screens/measure-frames.ts')).measureFrames,
  crash: async () => (await import('./measure-crash.ts')).measureCrash,
  memory: async () => (await import('./measure-memory.ts')).measureMemory,
} satisfies Record<string, () => Promise<Part>>

export type PartName = keyof typeof parts
export const partNames = Object.keys(parts) as readonly PartName[]
