/** Signals a process group, or the process alone when it leads none. Gone is fine. */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal)
      return true
    } catch {
      // ESRCH: no such group, or gone.
    }
  }
  return false
}

/** Whether the group, or the process, still has anybody in it. */
export function groupAlive(pid: number): boolean {
  return signalGroup(pid, 0)
}
