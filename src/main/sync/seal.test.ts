import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { sealedSchema } from '../../contract/province/message.ts'
import { contentHash, createSealer, maxPlaintextBytes } from './seal.ts'

const identity = await generateX25519Identity()
const sealer = createSealer(await identityToRecipient(identity))

async function open(sealed: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(Buffer.from(sealed, 'base64'), 'text')
}

test('only the province reads what was sealed', async () => {
  const plaintext = JSON.stringify({ name: 'NGUYỄN VĂN A (mẫu)' })
  const sealed = await sealer.seal(plaintext)
  expect(sealedSchema.safeParse(sealed).success).toBe(true)
  expect(Buffer.from(sealed, 'base64').includes('NGUY')).toBe(false)
  expect(await open(sealed)).toBe(plaintext)
  expect(await sealer.seal(plaintext)).not.toBe(sealed)
})

test('the largest plaintext still fits the contract, one byte more does not', async () => {
  const largest = 'x'.repeat(maxPlaintextBytes)
  expect(sealedSchema.safeParse(await sealer.seal(largest)).success).toBe(true)
  await expect(sealer.seal(`${largest}x`)).rejects.toThrow(RangeError)
})

test('the content hash is SHA-256 over UTF-8', () => {
  expect(contentHash('abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('a recipient that is none is refused at once', () => {
  expect(() => createSealer('age1short')).toThrow()
})
