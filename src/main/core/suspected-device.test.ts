import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FrameTap } from '../../devices/contract.ts'
import { openDeviceNote, suspectedDevice } from './suspected-device.ts'

const frame = (phase: 'before' | 'after', device: string) =>
  ({ phase, direction: 'read', device, message: 'status' }) as const

describe('the device that core was talking to', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'note-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is noted while its frame is handled, and only then', () => {
    expect(suspectedDevice(folder)).toBeUndefined()
    const note = openDeviceNote(folder, undefined)
    const tap = note.around(undefined)
    expect(suspectedDevice(folder)).toBeUndefined()
    tap(frame('before', 'locker'))
    expect(suspectedDevice(folder)).toBe('locker')
    tap(frame('after', 'locker'))
    expect(suspectedDevice(folder)).toBeUndefined()
    tap(frame('before', 'printer'))
    tap(frame('before', 'reader'))
    expect(suspectedDevice(folder)).toBe('reader')
    note.close()
    expect(suspectedDevice(folder)).toBe('reader')
    expect(statSync(join(folder, 'last-device-frame')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'last-device-frame'))).toHaveLength(16)
  })

  it('calls the tap inside it when nothing is noted, so that a wanted end suspects nobody', () => {
    const seen: (string | undefined)[] = []
    const note = openDeviceNote(folder, undefined)
    const inner: FrameTap = () => seen.push(suspectedDevice(folder))
    const tap = note.around(inner)
    tap(frame('before', 'locker'))
    tap(frame('after', 'locker'))
    note.close()
    expect(seen).toEqual([undefined, undefined])
  })

  it('stays noted while it is left out, until another one is at fault', () => {
    const note = openDeviceNote(folder, 'locker')
    const tap = note.around(undefined)
    expect(suspectedDevice(folder)).toBe('locker')
    tap(frame('before', 'printer'))
    expect(suspectedDevice(folder)).toBe('printer')
    tap(frame('after', 'printer'))
    expect(suspectedDevice(folder)).toBe('locker')
    note.close()
    openDeviceNote(folder, undefined).close()
    expect(suspectedDevice(folder)).toBeUndefined()
  })
})
