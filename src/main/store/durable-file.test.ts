import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeDurableFile } from './durable-file.ts'
import type { StoreTap } from './store-tap.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'durable-file-'))
  path = join(folder, 'page.age')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('writeDurableFile', () => {
  it('replaces a file in the order write, fsync, rename, fsync of the folder', async () => {
    await writeFile(path, 'old')
    const steps: string[] = []
    const tap: StoreTap = ({ phase, effect }) => steps.push(`${phase} ${effect}`)
    await writeDurableFile(path, 'new', { tap })
    expect(await readFile(path, 'utf8')).toBe('new')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(steps).toEqual([
      'before write:file',
      'after write:file',
      'before fsync:file',
      'after fsync:file',
      'before rename:file',
      'after rename:file',
      'before fsync:folder',
      'after fsync:folder',
    ])
  })

  it.each(['fsync:file', 'rename:file'] as const)(
    'keeps the old file and nothing beside it when %s fails',
    async (failing) => {
      await writeFile(path, 'old')
      const tap: StoreTap = ({ phase, effect }) => {
        if (phase === 'before' && effect === failing) throw new Error('disk full')
      }
      await expect(writeDurableFile(path, 'new', { tap })).rejects.toThrow('disk full')
      expect(await readFile(path, 'utf8')).toBe('old')
      expect(await readdir(folder)).toEqual(['page.age'])
    },
  )

  it('takes bytes and a wider mode where somebody else must read', async () => {
    await writeDurableFile(path, new Uint8Array([1, 2, 0, 255]), { mode: 0o644 })
    expect([...(await readFile(path))]).toEqual([1, 2, 0, 255])
    expect((await stat(path)).mode & 0o777).toBe(0o644)
  })
})
