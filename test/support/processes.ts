import { readdirSync, readFileSync } from 'node:fs'

/** A process of Linux; `startTicks` tells it from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  readonly parentPid: number
  readonly startTicks: string
  readonly command: string
}

function readProcess(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; the fields after it are fixed (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return undefined
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { pid, parentPid: Number(fields[1]), startTicks: fields[19] ?? '', command }
  } catch {
    return undefined
  }
}

/** Everything that runs now, zombies excepted. */
export function runningProcesses(): ProcessIdentity[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])
}

/** The process and all that descends from it through living parents. */
export function processTree(rootPid: number): ProcessIdentity[] {
  const all = runningProcesses()
  const inTree = new Set([rootPid])
  for (let size = 0; size !== inTree.size; ) {
    size = inTree.size
    for (const { pid, parentPid } of all) if (inTree.has(parentPid)) inTree.add(pid)
  }
  return all.filter(({ pid }) => inTree.has(pid))
}

/** Processes started with this text in their environment, whoever their parent is by now. */
export function processesWithEnvironment(text: string): ProcessIdentity[] {
  return runningProcesses().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

export function isStillRunning(identity: ProcessIdentity): boolean {
  return readProcess(identity.pid)?.startTicks === identity.startTicks
}
