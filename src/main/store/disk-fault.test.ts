import { expect, it } from 'vitest'
import { diskFaultOf } from './disk-fault.ts'
import { StoreConflict } from './store-conflict.ts'
import { StoreFault } from './store-fault.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })

it.each([
  ['a full disk under the database', coded('SQLITE_FULL'), 'DISK_FULL'],
  ['the same, named already', new StoreFault('DISK_FULL', 'full'), 'DISK_FULL'],
  ['no space for a file', coded('ENOSPC'), 'DISK_FULL'],
  ['no share of the disk left', coded('EDQUOT'), 'DISK_FULL'],
  ['a write that failed', coded('SQLITE_IOERR_WRITE'), 'DISK_ERROR'],
  ['a page that could not be read', coded('SQLITE_CORRUPT'), 'DISK_ERROR'],
  ['no room for the index of the log', coded('SQLITE_CANTOPEN'), 'DISK_ERROR'],
  ['a file that cannot be read', coded('EIO'), 'DISK_ERROR'],
  ['a disk that became read-only', coded('EROFS'), 'DISK_ERROR'],
  ['a rule of the tables', coded('SQLITE_CONSTRAINT_UNIQUE'), undefined],
  ['the same, named already', new StoreConflict('unique'), undefined],
  ['another program that holds it', coded('SQLITE_BUSY'), undefined],
  ['what must not be used', new StoreFault('REFUSED_OTHER_KIOSK', 'other'), undefined],
  ['a file that is not there', coded('ENOENT'), undefined],
  ['a bug', new TypeError('x is undefined'), undefined],
  ['no error at all', 'text', undefined],
])('%s', (_, error, fault) => {
  expect(diskFaultOf(error)).toBe(fault)
})
