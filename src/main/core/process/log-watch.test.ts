import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createLogWatch } from './log-watch.ts'

it('tells once that the log is long, and once that it is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-watch-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'log')
  const told: unknown[] = []
  const watch = createLogWatch({
    path,
    mostBytes: 1_000,
    everyMs: 10,
    setTimer: () => () => {},
    onChange: (now, before) => told.push([now, before]),
  })
  await watch.look()
  writeFileSync(path, Buffer.alloc(1_000))
  await watch.look()
  expect([told, watch.isLong()]).toEqual([[], false])
  writeFileSync(path, Buffer.alloc(1_001))
  await watch.look()
  await watch.look()
  expect([watch.isLong(), watch.megabytes()]).toEqual([true, 1])
  truncateSync(path, 0)
  await watch.look()
  rmSync(path)
  await watch.look()
  expect(told).toEqual([
    ['DATABASE_LOG_LONG', null],
    [null, 'DATABASE_LOG_LONG'],
  ])
})
