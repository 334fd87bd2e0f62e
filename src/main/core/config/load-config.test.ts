import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ScreenName, screenNames } from '../../../contract/screen.ts'
import { problemLine } from './config-problem.ts'
import { loadConfig, readProvinceToken } from './load-config.ts'

const demoFile = path.resolve(import.meta.dirname, '../../../../config/demo/kiosk.json')

type Json = { [key: string]: Json | undefined } & { [index: number]: Json }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The demo configuration with one change, as a file. */
function write(change: (config: Json) => void): string {
  const config = JSON.parse(readFileSync(demoFile, 'utf8')) as Json
  change(config)
  const file = path.join(folder, 'kiosk.json')
  writeFileSync(file, JSON.stringify(config))
  return file
}

/** Follows dots and indices; crashes the test on a key that the demo configuration lost. */
function at(config: Json, ...keys: (string | number)[]): Json {
  return keys.reduce<Json>((value, key) => {
    const next = (value as Record<string | number, Json | undefined>)[key]
    if (next === undefined) throw new Error(`no ${key}`)
    return next
  }, config)
}
const set = (target: Json, values: Record<string, unknown>) => Object.assign(target, values)

function production(config: Json): void {
  set(config, { mode: 'production', keys: { provider: 'systemd' }, nativeReviewed: ['km'] })
  set(at(config, 'devices', 'printer', 'channel'), { path: '/dev/serial/by-id/printer' })
  set(at(config, 'devices', 'locker', 'channel'), { path: '/dev/ttyS1' })
  set(at(config, 'devices', 'scanner', 'options'), { device: 'fujitsu:fi-8170:1' })
  set(at(config, 'province'), {
    token: undefined,
    tokenFile: 'token',
    url: 'https://nhan.example',
    tls: { certificateFile: 'kiosk.pem', keyFile: 'kiosk.key', caFile: 'ca.pem' },
    provinceId: 'p99',
  })
  set(at(config, 'province', 'receiptKeys', 0), { keyId: '2026-1' })
  set(at(config, 'firstTechnician'), {
    badgeHash: 'a'.repeat(64),
    pinHash: 'scrypt$32768$8$1$c2FsdA==$aGFzaA==',
  })
  set(config, { limits: {} })
}

test('the demo configuration is good, and its relative paths become absolute', () => {
  const loaded = loadConfig(demoFile)
  if (!loaded.ok) throw new Error(loaded.problems.map(problemLine).join('\n'))
  const { config } = loaded
  expect(config.kioskId).toBe('K07')
  expect(config.timeouts.doorOpenMs).toBeGreaterThan(0)
  expect(config.catalogueFile).toBe(path.join(path.dirname(demoFile), 'procedures.json'))
  expect(path.isAbsolute(config.dataFolder)).toBe(true)
  expect(path.isAbsolute(config.devices.printer?.channel.path ?? '')).toBe(true)
})

test('a production configuration is accepted, and its token is read from a file', () => {
  writeFileSync(path.join(folder, 'token'), 'a-token-of-a-machine\n')
  const loaded = loadConfig(write(production))
  if (!loaded.ok) throw new Error(loaded.problems.map(problemLine).join('\n'))
  expect(loaded.config.devices.locker?.channel.path).toBe('/dev/ttyS1')
  expect(readProvinceToken(loaded.config)).toBe('a-token-of-a-machine')
  expect(loaded.config.province.tls).toEqual({
    certificateFile: path.join(folder, 'kiosk.pem'),
    keyFile: path.join(folder, 'kiosk.key'),
    caFile: path.join(folder, 'ca.pem'),
  })
})

test('every screen that waits for a person has a time-out', () => {
  const untimed: readonly ScreenName[] = [
    'idle',
    'outOfService',
    'scanning',
    'scanSaving',
    'depositDoor',
    'slipPrinting',
    'collectDoor',
    'stockDoor',
    'emptyDoor',
    'returnDoor',
    'lookDoor',
    'offListDoor',
  ]
  const loaded = loadConfig(demoFile)
  if (!loaded.ok) throw new Error('refused')
  expect(Object.keys(loaded.config.timeouts.screens).sort()).toEqual(
    screenNames.filter((name) => !untimed.includes(name)).sort(),
  )
})

test('a machine without devices starts: each is a status', () => {
  expect(loadConfig(write((config) => set(config, { devices: {} }))).ok).toBe(true)
})

test.each<[string, (config: Json) => void, string]>([
  ['an unknown key', (c) => set(c, { kiskId: 'K07' }), 'kiskId: unknown key'],
  [
    'an unknown key deep inside',
    (c) => set(at(c, 'devices', 'locker', 'options'), { board: 1 }),
    'devices.locker.options.board: unknown key',
  ],
  ['a missing key', (c) => set(c, { kioskId: undefined }), 'kioskId: is missing'],
  ['a wrong kiosk id', (c) => set(c, { kioskId: 'k 7' }), 'kioskId: Invalid'],
  ['an unknown mode', (c) => set(c, { mode: 'test' }), 'mode: Invalid'],
  [
    'an unknown driver',
    (c) => set(at(c, 'devices', 'reader'), { driver: 'wedge' }),
    'driver: Invalid',
  ],
  [
    'a reader without an address',
    (c) => set(at(c, 'devices', 'reader'), { channel: { kind: 'hid' } }),
    'devices.reader.channel: needs a path, or a vendorId',
  ],
  ['an unknown language', (c) => set(c, { languages: ['vi', 'fr'] }), 'languages[1]: Invalid'],
  ['no language', (c) => set(c, { languages: [] }), 'languages: '],
  [
    'a language twice',
    (c) => set(c, { languages: ['vi', 'vi'] }),
    'languages: names a language twice',
  ],
  [
    'a language without its texts',
    (c) => {
      set(c, { helpLine: { phone: '1900 0247', hours: { vi: 'Giờ', en: 'Hours' } } })
    },
    'helpLine.hours.km: missing, and the machine speaks km',
  ],
  [
    'a compartment number twice',
    (c) => set(at(c, 'compartments', 1), { number: 1 }),
    'compartments[1].number: 1 is used twice',
  ],
  [
    'a lock twice',
    (c) => set(at(c, 'compartments', 1), { lock: 0 }),
    'compartments[1].lock: board 0 lock 0 already opens compartment 1',
  ],
  [
    'a board that the locker does not have',
    (c) => set(at(c, 'compartments', 2), { board: 3 }),
    'compartments[2].board: board 3 is not in',
  ],
  [
    'an item sensor that the locker does not have',
    (c) => set(at(c, 'devices', 'locker', 'options'), { hasItemSensor: false }),
    'compartments[0].hasItemSensor: the locker has no item sensors',
  ],
  [
    'plain http to another machine',
    (c) => set(at(c, 'province'), { url: 'http://province.example' }),
    'province.url: plain http is allowed to this machine only',
  ],
  [
    'a share of the line in which a page would never arrive',
    (c) => set(at(c, 'province'), { uploads: { maxKilobitsPerSecond: 64 } }),
    'province.uploads.maxKilobitsPerSecond: Too small',
  ],
  [
    'hours that are always quiet',
    (c) =>
      set(at(c, 'province'), {
        uploads: {
          quietHours: [
            { weekday: 1, ranges: ['08:00-09:00'] },
            { weekday: 2, ranges: ['00:00-12:00', '11:00-23:00'] },
          ],
        },
      }),
    'province.uploads.quietHours[1]: leaves less than 2 hours',
  ],
  [
    'a certificate that would be shown in the clear',
    (c) => set(at(c, 'province'), { tls: { certificateFile: 'a.pem', keyFile: 'a.key' } }),
    'province.tls: a certificate is shown over https only',
  ],
  [
    'plain http to a name that only looks like this machine',
    (c) => set(at(c, 'province'), { url: 'http://127.0.0.1.example' }),
    'province.url: plain http',
  ],
  ['another protocol', (c) => set(at(c, 'province'), { url: 'ftp://127.0.0.1' }), 'province.url: '],
  [
    'a password in the address',
    (c) => set(at(c, 'province'), { url: 'https://a:b@province.example' }),
    'province.url: must hold no user',
  ],
  [
    'a key that is no key',
    (c) => set(at(c, 'province', 'receiptKeys', 0), { publicKey: 'AAAA' }),
    'province.receiptKeys[0].publicKey: must be 32 bytes',
  ],
  [
    'no recipient for the sealed pages',
    (c) => set(at(c, 'province'), { ageRecipient: 'age1short' }),
    'province.ageRecipient: must be an age recipient',
  ],
  [
    'two tokens',
    (c) => set(at(c, 'province'), { tokenFile: 'token' }),
    'province.tokenFile: needs either tokenFile or token',
  ],
  [
    'a pattern of bags that is none',
    (c) => set(at(c, 'bags'), { codePattern: '([' }),
    'bags.codePattern: is not a regular expression',
  ],
  [
    'hours that end before they begin',
    (c) => set(at(c, 'hours', 'office', 0), { ranges: ['17:00-08:00'] }),
    'hours.office[0].ranges[0]: must end after it begins',
  ],
  [
    'an unknown time zone',
    (c) => set(at(c, 'hours'), { timeZone: 'Asia/Nowhere' }),
    'hours.timeZone: Asia/Nowhere is not a time zone',
  ],
  ['a time-out of nothing', (c) => set(at(c, 'timeouts'), { printMs: 0 }), 'timeouts.printMs: '],
  [
    'backups kept too long',
    (c) => set(at(c, 'retention'), { backupDays: 8 }),
    'retention.backupDays: ',
  ],
  [
    'a disk that is full before it is low',
    (c) => set(at(c, 'limits'), { freeDiskMegabytes: 50, fullDiskMegabytes: 50 }),
    'limits.fullDiskMegabytes: must be less than limits.freeDiskMegabytes',
  ],
  [
    'a PIN in the clear',
    (c) => set(at(c, 'firstTechnician'), { pinHash: '123456' }),
    'firstTechnician.pinHash: must look like scrypt$',
  ],
])('refuses %s', (_name, change, expected) => {
  const file = write(change)
  const loaded = loadConfig(file)
  if (loaded.ok) throw new Error('was accepted')
  const lines = loaded.problems.map(problemLine)
  expect(lines.join('\n')).toContain(expected)
  for (const line of lines) {
    expect(line.startsWith(`${file}: `)).toBe(true)
    expect(line).not.toContain('\n')
  }
})

test.each<[string, (config: Json) => void, string]>([
  [
    'a simulated printer',
    (c) => set(at(c, 'devices', 'printer', 'channel'), { path: '../printer' }),
    'devices.printer.channel.path: is not a serial device',
  ],
  [
    'a pseudo-terminal',
    (c) => set(at(c, 'devices', 'locker', 'channel'), { path: '/dev/pts/3' }),
    'devices.locker.channel.path: is not a serial device',
  ],
  [
    'a simulated reader',
    (c) => set(at(c, 'devices', 'reader'), { channel: { kind: 'hid', path: '/tmp/fifo' } }),
    'devices.reader.channel.path: is not a HID device',
  ],
  [
    'Khmer that nobody has reviewed',
    (c) => set(c, { nativeReviewed: [] }),
    'languages: km waits for a native speaker',
  ],
  [
    'a demo province',
    (c) => set(at(c, 'province'), { provinceId: 'demo-province' }),
    'province.provinceId: is a demo province',
  ],
  [
    'a demo key',
    (c) => set(at(c, 'province', 'receiptKeys', 0), { keyId: 'demo-1' }),
    'province.receiptKeys[0].keyId: is a demo key',
  ],
  [
    'a simulated scanner',
    (c) => set(at(c, 'devices', 'scanner', 'options'), { device: 'net:127.0.0.1:feeder' }),
    'devices.scanner: is not a scanner on a cable',
  ],
  [
    'a SANE configuration of somebody’s own',
    (c) => set(at(c, 'devices', 'scanner', 'channel'), { environment: { SANE_CONFIG_DIR: '/x' } }),
    'devices.scanner: is not a scanner on a cable',
  ],
  [
    'a token in the open',
    (c) => set(at(c, 'province'), { token: 'sixteen-characters', tokenFile: undefined }),
    'province.token: production reads its token from tokenFile',
  ],
  [
    'https without a certificate of its own',
    (c) => set(at(c, 'province'), { tls: undefined }),
    'province.tls: production shows the province a certificate',
  ],
  [
    'keys in files',
    (c) => set(c, { keys: { provider: 'file', folder: 'keys' } }),
    'keys.provider: production keeps its keys',
  ],
  [
    'the demo technician',
    (c) =>
      set(at(c, 'firstTechnician'), {
        badgeHash: 'dc434503cf5108f903c20d0bcda2a0928875fff059257c74a8e2cf6fe5f16b3f',
      }),
    'firstTechnician.badgeHash: is the badge of the demo technician',
  ],
  [
    'the PIN of the demo technician',
    (c) =>
      set(at(c, 'firstTechnician'), {
        pinHash:
          'scrypt$32768$8$1$ZGVtby10ZWNobmljaWFuLXNhbHQ=$Lj2ppZ/men+3zuUPlEo+ld+yG3sx34oHTl8AB6PDCiY=',
      }),
    'firstTechnician.pinHash: is the PIN of the demo technician',
  ],
  [
    'limits that stop nobody',
    (c) => set(c, { limits: { unconfirmedPerHour: 200 } }),
    'limits.unconfirmedPerHour: is the limit of a demonstration',
  ],
])('production refuses %s', (_name, change, expected) => {
  const loaded = loadConfig(
    write((config) => {
      production(config)
      change(config)
    }),
  )
  if (loaded.ok) throw new Error('was accepted')
  expect(loaded.problems.map(problemLine).join('\n')).toContain(expected)
})

test('names a missing file, a folder and text that is not JSON', () => {
  const missing = loadConfig(path.join(folder, 'none.json'))
  expect(missing).toMatchObject({ ok: false, problems: [{ key: '', reason: 'no such file' }] })
  expect(loadConfig(folder)).toMatchObject({
    ok: false,
    problems: [{ reason: 'cannot be read (EISDIR)' }],
  })
  const broken = path.join(folder, 'broken.json')
  writeFileSync(broken, '{ "kioskId": ')
  expect(loadConfig(broken)).toMatchObject({
    ok: false,
    problems: [{ file: broken, reason: expect.stringContaining('is not JSON') }],
  })
})
