import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AliveMark, keepAliveMark } from './alive-mark.ts'

let folder: string
let path: string
const marks: AliveMark[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alive-mark-'))
  path = join(folder, 'alive')
})

afterEach(() => {
  for (const mark of marks.splice(0)) mark.stop()
  rmSync(folder, { recursive: true, force: true })
})

const start = (): AliveMark => {
  const mark = keepAliveMark(path)
  marks.push(mark)
  return mark
}

describe('alive mark', () => {
  it('tells how long the last core of this boot has been gone, and nothing on a first start', () => {
    expect(start().goneMs).toBeUndefined()
    const { goneMs } = start()
    expect(goneMs).toBeGreaterThanOrEqual(0)
    expect(goneMs).toBeLessThan(10_000)
  })

  it('tells nothing after a reboot, and nothing from a damaged file', () => {
    writeFileSync(path, 'another-boot 1\n')
    expect(start().goneMs).toBeUndefined()
    writeFileSync(path, '')
    expect(start().goneMs).toBeUndefined()
  })

  it('never empties the mark that is there: a kill in the midst of writing leaves the old one', () => {
    start()
    const before = readFileSync(path, 'utf8')
    const old = openSync(path, 'r')
    start()
    // Written over in place, the file that was opened before would show the new mark, or nothing.
    writeFileSync(`${path}.new`, 'half')
    expect(readFileSync(old, 'utf8')).toBe(before)
    closeSync(old)
    expect(start().goneMs).toBeGreaterThanOrEqual(0)
  })
})
