import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeDataLock } from './data-lock.ts'

let folder: string
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lock-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
})

async function lockInChild(): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(join(import.meta.dirname, 'testing', 'lock-child.ts'), [folder], {
    execPath: process.execPath,
    execArgv: ['--expose-gc'],
  })
  children.push(child)
  const [said] = await once(child, 'message')
  return { child, said }
}

describe('data lock', () => {
  it('refuses a second core and names the first', async () => {
    const { child, said } = await lockInChild()
    expect(said).toBe('locked')
    const second = takeDataLock(folder)
    expect(second).toMatchObject({
      ok: false,
      code: 'DATA_FOLDER_IN_USE',
      holderPid: child.pid,
    })
    if (!second.ok) expect(second.message).toContain(`process ${child.pid}`)
    const third = await lockInChild()
    expect(third.said).toContain(`process ${child.pid}`)
  })

  it('is dropped by the operating system when its holder is killed', async () => {
    const { child } = await lockInChild()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const lock = takeDataLock(folder)
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.release()
  })

  it('holds within one process too, until released', () => {
    const first = takeDataLock(folder)
    expect(takeDataLock(folder)).toMatchObject({ ok: false, holderPid: process.pid })
    if (first.ok) first.release()
    const again = takeDataLock(folder)
    expect(again.ok).toBe(true)
    if (again.ok) again.release()
  })

  it('is one lock a folder', () => {
    const one = takeDataLock(join(folder, 'one'))
    const two = takeDataLock(join(folder, 'two'))
    expect([one.ok, two.ok]).toEqual([true, true])
    if (one.ok) one.release()
    if (two.ok) two.release()
  })
})
