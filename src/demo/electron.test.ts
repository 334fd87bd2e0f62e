import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseScreen, type ElectronFound, findElectron } from './electron.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'electron-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('findElectron', () => {
  it('finds the binary that the package unpacked, and no other', () => {
    expect(findElectron(folder, undefined)).toHaveProperty('missing')
    writeFileSync(path.join(folder, 'path.txt'), 'electron')
    expect(findElectron(folder, undefined)).toHaveProperty('missing')
    mkdirSync(path.join(folder, 'dist'))
    writeFileSync(path.join(folder, 'dist/electron'), '')
    expect(findElectron(folder, undefined)).toEqual({
      executable: path.join(folder, 'dist/electron'),
    })
  })

  it('takes the folder that the machine names instead', () => {
    writeFileSync(path.join(folder, 'electron'), '')
    expect(findElectron('/nowhere', folder)).toEqual({ executable: path.join(folder, 'electron') })
  })
})

describe('chooseScreen', () => {
  const here: ElectronFound = { executable: '/electron' }
  const none: ElectronFound = { missing: 'none' }
  let fetches = 0
  const choose = (wishes: object, found: ElectronFound) => {
    fetches = 0
    return chooseScreen(
      { browser: true, electron: false, hasDisplay: true, ...wishes },
      () => found,
      async () => {
        fetches += 1
        return here
      },
    )
  }

  it('takes Electron where it is and can be seen', async () => {
    expect(await choose({}, here)).toEqual(here)
    expect(await choose({ hasDisplay: false }, here)).toHaveProperty('missing')
    expect(await choose({ browser: false }, here)).toHaveProperty('missing')
  })

  it('fetches it only when asked', async () => {
    expect(await choose({}, none)).toEqual(none)
    expect(fetches).toBe(0)
    expect(await choose({ electron: true }, none)).toEqual(here)
    expect(fetches).toBe(1)
    await choose({ electron: true, hasDisplay: false }, none)
    expect(fetches).toBe(0)
  })
})
