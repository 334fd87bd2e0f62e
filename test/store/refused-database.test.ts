import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseFileName } from '../../src/main/store/connection.ts'
import { damagedFolderOf } from '../../src/main/store/restore/set-aside.ts'
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'

const source = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

let disk: SmallDisk
let configFile: string
const database = () => join(disk.folder, 'kiosk', databaseFileName)

beforeAll(async () => {
  disk = mountSmallDisk({ megabytes: 16 })
  const demo = JSON.parse(readFileSync(source('config/demo/kiosk.json'), 'utf8'))
  configFile = join(disk.folder, 'kiosk.json')
  const at = (name: string) => join(disk.folder, name)
  writeFileSync(
    configFile,
    JSON.stringify({
      ...demo,
      province: { ...demo.province, url: 'http://127.0.0.1:9' },
      catalogueFile: source('config/demo/procedures.json'),
      ...{ dataFolder: at('kiosk'), journalFolder: at('journal'), scanFolder: at('scans') },
      keys: { provider: 'file', folder: at('keys') },
    }),
  )
  expect(await runCore()).toMatchObject({ ready: true })
})
afterAll(() => disk?.unmount())

/** Until it is ready, and then ended; or until it has refused. */
async function runCore(): Promise<{ ready: boolean; exitCode: number | null; said: string }> {
  const core = spawn(process.execPath, [source('src/main/core/main.ts'), '--config', configFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  let ready = false
  const lines = createInterface({ input: core.stderr })
  lines.on('line', (line) => {
    said += `${line}\n`
    if (!line.includes('"core ready"')) return
    ready = true
    core.kill('SIGTERM')
  })
  const [exitCode] = await once(core, 'close')
  return { ready, exitCode, said }
}

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

it('afterwards it is used as it was', async () => {
  expect(await runCore()).toMatchObject({ ready: true, exitCode: 0 })
})
