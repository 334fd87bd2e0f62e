import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { phoneCodeSchema } from '../../src/contract/province/sealed.ts'
import { trackConnectivity } from '../../src/main/sync/connectivity.ts'
import { createPhoneCodeSender, type SendPhoneCode } from '../../src/main/sync/phone-code.ts'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { createSealer } from '../../src/main/sync/seal.ts'
import {
  type Behaviour,
  type MisbehavingProvince,
  provinceToken,
  startMisbehavingProvince,
} from './support/misbehaving-province.ts'

let province: MisbehavingProvince
let send: SendPhoneCode
const identity = await generateX25519Identity()
const sealer = createSealer(await identityToRecipient(identity))
const tracker = trackConnectivity(() => new Date('2026-07-01T00:00:00Z'))

beforeEach(async () => {
  province = await startMisbehavingProvince()
  const { url, provinceId, receiptKey } = province
  const receiptKeys = [receiptKey]
  const token = provinceToken
  const onExchange = tracker.note
  const client = createProvinceClient({
    ...{ url, provinceId, receiptKeys, token, onExchange },
    kioskId: 'K07',
  })
  send = createPhoneCodeSender(client, sealer, 300)
})
afterEach(() => province.close())

test('the code goes out sealed, and only the province can open it', async () => {
  expect(await send('0900000000', '123456', 'vi')).toBe('sent')
  const [sealed = ''] = province.phoneCodes
  expect(Buffer.from(sealed, 'base64').includes('0900000000')).toBe(false)
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const plaintext = await decrypter.decrypt(Buffer.from(sealed, 'base64'), 'text')
  expect(phoneCodeSchema.parse(JSON.parse(plaintext))).toEqual({
    version: 1,
    phone: '0900000000',
    code: '123456',
    language: 'vi',
  })
  expect(tracker.current()).toMatchObject({ state: 'online', reason: null })
})

test.each<Behaviour>([
  'silence',
  'resetBeforeCommit',
  'loginPage',
  'redirect',
  { status: 500 },
  { status: 429, code: 'BUSY', retryAfter: '315360000' },
  { status: 401 },
  { status: 200, code: 'BUSY' },
])('anything but a hand-over is offline, and is not tried again: %j', async (behaviour) => {
  province.phoneScript.push(behaviour)
  expect(await send('0900000000', '123456', 'vi')).toBe('offline')
  expect(province.phoneScript).toEqual([])
  expect(province.phoneCodes).toEqual([])
})

test('without a province it is offline, and connectivity says why', async () => {
  await province.close()
  expect(await send('0900000000', '123456', 'vi')).toBe('offline')
  expect(tracker.current()).toMatchObject({ state: 'offline', reason: 'ECONNREFUSED' })
})
