import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** Resident megabytes (10⁶ bytes) of a Node that has started and waits. */
export async function bareNodeMegabytes(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume();console.log(1)'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const ended = once(child, 'exit')
  child.stdin.end()
  await ended
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / 1e6
}
