/** From this hour of the local day to the next: few people stand before a machine then. */
export const nightlyHour = 3
/** Nobody is served and nobody just left. */
export const nightlyIdleMs = 60_000

export interface NightlyReload {
  readonly now: Date
  /** 0 while somebody is served. */
  readonly idleForMs: number
  /** `toDateString` of the day of the last nightly reload. */
  readonly lastDay: string | undefined
}

/** Once a night the page begins anew, so that whatever a browser gathers over days is gone; never under a finger. */
export function isNightlyReloadDue({ now, idleForMs, lastDay }: NightlyReload): boolean {
  if (now.getHours() !== nightlyHour || idleForMs < nightlyIdleMs) return false
  return now.toDateString() !== lastDay
}
