/**
 * Ends what a dead launcher left. It gets `watch PID` and `forget PID`, `folder PATH` and `unfolder PATH`
 * lines on stdin; when stdin ends (the launcher is gone, however it went) it ends every process still
 * watched, its group with it, and deletes the folders.
 */
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { groupAlive, signalGroup } from './process-group.ts'

/** Ctrl-C reaches the whole terminal; the guardian ends by its stdin only. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const patienceMs = 4_000
const watched = new Set<number>()
const folders = new Set<string>()

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const [word, ...rest] = line.split(' ')
  const value = rest.join(' ')
  if (word === 'watch') watched.add(Number(value))
  if (word === 'forget') watched.delete(Number(value))
  if (word === 'folder') folders.add(value)
  if (word === 'unfolder') folders.delete(value)
})
lines.on('close', () => {
  for (const pid of watched) signalGroup(pid, 'SIGTERM')
  const giveUpAtMs = performance.now() + patienceMs
  const look = () => {
    const alive = [...watched].filter(groupAlive)
    if (alive.length > 0 && performance.now() < giveUpAtMs) return void setTimeout(look, 50)
    for (const pid of alive) signalGroup(pid, 'SIGKILL')
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    process.exit(0)
  }
  look()
})
