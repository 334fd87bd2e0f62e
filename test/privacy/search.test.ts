import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { searcherFor, searchFolders } from './search.ts'

const name = 'Đặng Thị Zưởngxanh'
const plants = [
  { what: 'name', text: name },
  { what: 'code', text: '81726354' },
]
const search = searcherFor(plants)
const around = (bytes: Buffer, before = 7) =>
  Buffer.concat([randomBytes(before), bytes, randomBytes(5)])
const found = (bytes: Buffer) => search(around(bytes), 'here').map(({ what }) => what)

/** The search that finds nothing proves something only if it finds everything that it should. */
describe('the search for planted data', () => {
  it.each([
    ['UTF-8', Buffer.from(name)],
    ['UTF-8 decomposed', Buffer.from(name.normalize('NFD'))],
    ['UTF-16LE', Buffer.from(name, 'utf16le')],
    ['UTF-16BE', Buffer.from(name, 'utf16le').swap16()],
    ['upper case', Buffer.from(name.toLocaleUpperCase('vi'))],
    ['lower case, decomposed', Buffer.from(name.toLocaleLowerCase('vi').normalize('NFD'))],
    ['without diacritics', Buffer.from('Dang Thi Zuongxanh')],
    ['without diacritics, upper case', Buffer.from('DANG THI ZUONGXANH')],
    ['without diacritics, UTF-16', Buffer.from('Dang Thi Zuongxanh', 'utf16le')],
    ['hex', Buffer.from(Buffer.from(name).toString('hex'))],
    ['upper-case hex', Buffer.from(Buffer.from(name).toString('hex').toUpperCase())],
    ['hex of decomposed', Buffer.from(Buffer.from(name.normalize('NFD')).toString('hex'))],
    ['JSON with escapes', Buffer.from('"\\u0110\\u1eb7ng Th\\u1ecb Z\\u01b0\\u1edfngxanh"')],
    ['a URL', Buffer.from(`?name=${encodeURIComponent(name)}`)],
    ['a trace', Buffer.from([...Buffer.from(name)].map((b) => b.toString(16)).join(' '))],
  ])('finds a name in %s', (_, bytes) => expect(found(bytes)).toContain('name'))

  it.each([0, 1, 2, 3, 4, 5])('finds base64 after %i other bytes', (before) => {
    for (const bytes of [Buffer.from(name), Buffer.from(name, 'utf16le')]) {
      const encoded = around(bytes, before)
      expect(found(Buffer.from(encoded.toString('base64')))).toContain('name')
      expect(found(Buffer.from(encoded.toString('base64url')))).toContain('name')
    }
    const digits = around(Buffer.from('81726354'), before).toString('base64')
    expect(found(Buffer.from(digits))).toContain('code')
  })

  it('finds digits as a word, and glued to text as SQLite stores them', () => {
    expect(found(Buffer.from('code 81726354.'))).toContain('code')
    expect(found(Buffer.from('scope81726354valid'))).toContain('code')
    expect(found(Buffer.from('81726354', 'utf16le'))).toContain('code')
    expect(found(Buffer.from(Buffer.from('81726354').toString('hex')))).toContain('code')
  })

  it('takes digits inside a hash for chance', () => {
    expect(found(Buffer.from('=a8b5c4d3e2f1a081726354a9b8c7d6e5f4='))).toEqual([])
  })

  it('finds nothing where nothing is', () => {
    for (let round = 0; round < 20; round += 1) expect(found(randomBytes(50_000))).toEqual([])
    expect(found(Buffer.from('ĐẶNG T* Z*, 817*****'))).toEqual([])
  })
})

describe('the search through folders', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'search-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('reads every file, and their names', () => {
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true })
    writeFileSync(join(folder, 'deep', 'er', 'file'), `x${name}y`)
    writeFileSync(join(folder, 'slip-81726354.txt'), '')
    const { files, findings } = searchFolders([folder], plants)
    expect(files).toBe(2)
    expect(findings.map(({ what, where }) => `${what} in ${where}`)).toEqual(
      expect.arrayContaining(['name in deep/er/file', 'code in name of slip-81726354.txt']),
    )
  })

  it('finds what is in a database, in its log, and what was deleted from it', () => {
    const db = new Sqlite(join(folder, 'kiosk.sqlite'))
    db.pragma('journal_mode = WAL')
    db.exec('CREATE TABLE person (name TEXT, code TEXT) STRICT')
    db.prepare('INSERT INTO person VALUES (?, ?)').run(name, '81726354')
    const where = () =>
      searchFolders([folder], plants).findings.map((found) => `${found.what} in ${found.where}`)
    expect(where()).toEqual(
      expect.arrayContaining(['name in kiosk.sqlite-wal', 'code in kiosk.sqlite-wal']),
    )
    db.exec('DELETE FROM person')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    expect(where()).toContain('name in kiosk.sqlite')
  })
})
