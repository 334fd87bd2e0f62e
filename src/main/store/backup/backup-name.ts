export type BackupReason = 'hourly' | 'before-migration'

export interface BackupName {
  readonly name: string
  readonly reason: BackupReason
  /** Running time of the machine when it was made: what its age is counted by. */
  readonly runningMs: number
  /** Wall clock at the same moment. */
  readonly at: Date
}

/** A backup that is being written; whoever finds one may delete it. */
export const unfinishedPrefix = '.unfinished-'

/** `backup-hourly-86400000-20260302T080000000Z.sqlite` */
export function backupName(reason: BackupReason, runningMs: number, at: Date): string {
  const stamp = at.toISOString().replaceAll(/[-:.]/g, '')
  return `backup-${reason}-${Math.round(runningMs)}-${stamp}.sqlite`
}

/** @returns undefined for a file that is no backup of ours */
export function parseBackupName(name: string): BackupName | undefined {
  const parts =
    /^backup-(hourly|before-migration)-(\d{1,15})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.sqlite$/.exec(
      name,
    )
  if (parts === null) return undefined
  const [, reason, runningMs, year, month, day, hour, minute, second, ms] = parts
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
  if (Number.isNaN(at.getTime())) return undefined
  return { name, reason: reason as BackupReason, runningMs: Number(runningMs), at }
}
