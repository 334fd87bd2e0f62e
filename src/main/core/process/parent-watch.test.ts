import { fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { watchParent } from './parent-watch.ts'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('watchParent', () => {
  it('ends a core whose parent was killed', async () => {
    const parent = fork(join(import.meta.dirname, 'testing', 'orphan-parent.ts'), [], {
      execPath: process.execPath,
      execArgv: [],
    })
    const [corePid] = (await once(parent, 'message')) as [number]
    expect(isAlive(corePid)).toBe(true)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    await vi.waitFor(() => expect(isAlive(corePid)).toBe(false), { timeout: 10_000 })
  })

  it('tells once, and at once when the channel has closed already', () => {
    const side = Object.assign(new EventEmitter(), { connected: true })
    const gone = vi.fn()
    watchParent(side, gone)
    expect(gone).not.toHaveBeenCalled()
    side.emit('disconnect')
    side.emit('disconnect')
    expect(gone).toHaveBeenCalledOnce()

    const late = vi.fn()
    watchParent(Object.assign(new EventEmitter(), { connected: false }), late)
    expect(late).toHaveBeenCalledOnce()
  })
})
