import { expect, test } from 'vitest'
import { hashPin, verifyPin } from './pin.ts'

test('a PIN matches its own hash and no other', async () => {
  const hash = await hashPin('246813')
  expect(hash).toMatch(/^scrypt\$32768\$8\$1\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/)
  expect(hash.length).toBeLessThanOrEqual(200)
  expect(await verifyPin('246813', hash)).toBe(true)
  expect(await verifyPin('246814', hash)).toBe(false)
  expect(await verifyPin('', hash)).toBe(false)
  expect(await hashPin('246813')).not.toBe(hash)
})

// RFC 7914 §12: N 16384, r 8, p 1, "pleaseletmein", "SodiumChloride".
test('is the scrypt of the RFC', async () => {
  const hash = Buffer.from(
    '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    'hex',
  ).toString('base64')
  const salt = Buffer.from('SodiumChloride').toString('base64')
  expect(await verifyPin('pleaseletmein', `scrypt$16384$8$1$${salt}$${hash}`)).toBe(true)
})

test.each([
  '',
  'scrypt$',
  'plain$123456',
  'scrypt$32767$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'scrypt$4194304$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'scrypt$131072$16$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'scrypt$131072$99$9$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  'scrypt$16384$8$1$AAAA$AA==',
])('a hash that is malformed or too dear matches nothing: %j', async (hash) => {
  expect(await verifyPin('123456', hash)).toBe(false)
})
