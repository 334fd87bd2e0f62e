import { chownSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { damagedFolderOf } from '../../src/main/store/restore/set-aside.ts'
import { type BareRun, configureBareCore, runBareCore } from '../support/bare-core.ts'
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'

let disk: SmallDisk
let configFile: string
const database = () => join(disk.folder, 'kiosk', databaseFileName)

beforeAll(async () => {
  disk = mountSmallDisk({ megabytes: 16 })
  configFile = configureBareCore(disk.folder)
  expect(await runCore()).toMatchObject({ ready: true })
})
afterAll(() => disk?.unmount())

const runCore = () => runBareCore(configFile)

it('on a disk that takes no writes: a code and what to do, and nothing is restored', async () => {
  disk.readOnly(true)
  const { ready, exitCode, said } = await runCore()
  disk.readOnly(false)
  expect({ ready, exitCode }).toEqual({ ready: false, exitCode: 78 })
  expect(said).toMatch(/^REFUSED_READ_ONLY: .*mounted read-only/m)
  expect(existsSync(damagedFolderOf(join(disk.folder, 'kiosk')))).toBe(false)
})

it("of somebody else's: a code and what to do, and nothing is restored", async () => {
  const owner = process.getuid?.() ?? 0
  chownSync(database(), owner + 1, -1)
  const { ready, exitCode, said } = await runCore()
  chownSync(database(), owner, -1)
  expect({ ready, exitCode }).toEqual({ ready: false, exitCode: 78 })
  expect(said).toMatch(/^REFUSED_OWNER: .*chown/m)
  expect(existsSync(damagedFolderOf(join(disk.folder, 'kiosk')))).toBe(false)
})

it('of a core that runs: a code and whose it is, and that one serves on', async () => {
  const second: BareRun[] = []
  const first = await runBareCore(configFile, {
    async whenReady() {
      second.push(await runCore())
    },
  })
  expect(second).toMatchObject([{ ready: false, exitCode: 78 }])
  expect(second[0]?.said).toMatch(/^DATA_FOLDER_IN_USE: .* by process \d+/m)
  expect(first).toMatchObject({ ready: true, exitCode: 0 })
})

it('afterwards it is used as it was', async () => {
  expect(await runCore()).toMatchObject({ ready: true, exitCode: 0 })
})
