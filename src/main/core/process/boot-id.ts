import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

/**
 * Names this boot of the machine: the same for every process until the next one. Elsewhere than on Linux the
 * minute of the boot stands for it, which a change of the wall clock may alter: then a boot looks new, and
 * what depends on it (resuming a personal screen) is not done.
 */
export function bootId(path = '/proc/sys/kernel/random/boot_id'): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return `booted-${Math.round((Date.now() - uptime() * 1000) / 60_000)}`
  }
}
