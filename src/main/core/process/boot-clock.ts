import { uptime } from 'node:os'

/**
 * Milliseconds since the boot, for all processes of the machine alike. It goes on while the machine sleeps, which
 * `performance.now()` and every timer of Node do not.
 */
export function bootMs(): number {
  return Math.round(uptime() * 1_000)
}
