import { describe, expect, it } from 'vitest'
import { hashSecret, verifySecret } from './secret-hash.ts'

const cheap = { N: 1024, r: 8, p: 1 }

describe('secret hash', () => {
  it('matches its own secret and no other', async () => {
    const hash = await hashSecret('246810', cheap)
    expect(hash).toMatch(/^scrypt\$1024\$8\$1\$[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}$/)
    expect(await verifySecret('246810', hash)).toBe(true)
    expect(await verifySecret('246811', hash)).toBe(false)
  })

  it('salts: the same secret never looks the same', async () => {
    expect(await hashSecret('246810', cheap)).not.toBe(await hashSecret('246810', cheap))
  })

  it('matches a composed and a decomposed spelling of one password', async () => {
    const hash = await hashSecret('mật khẩu'.normalize('NFD'), cheap)
    expect(await verifySecret('mật khẩu'.normalize('NFC'), hash)).toBe(true)
  })

  it('takes nothing for a hash that is none', async () => {
    expect(await verifySecret('', '')).toBe(false)
    expect(await verifySecret('x', 'scrypt$1024$8$1$$')).toBe(false)
  })
})
