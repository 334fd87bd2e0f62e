import { describe, expect, it } from 'vitest'
import { loadProvinceConfig, provinceConfigSchema } from './config.ts'

const sound = {
  provinceId: 'p',
  name: 'Trung tâm mẫu',
  timeZone: 'Asia/Ho_Chi_Minh',
  officialCode: {},
  units: [{ code: 'H99.01', name: 'Phường mẫu' }],
  kiosks: [{ id: 'K07', unitCode: 'H99.01', place: 'Sảnh', tokenSha256: 'a'.repeat(64) }],
  users: [
    {
      name: 'canbo',
      displayName: 'Cán bộ mẫu',
      role: 'officer',
      passwordHash: 'scrypt$16384$8$5$AAAA$BBBB',
    },
  ],
}

const keysRefused = (config: object) => {
  const parsed = provinceConfigSchema.safeParse(config)
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))
}

describe('province configuration', () => {
  it('takes the demo configuration and a sound one without open secrets', () => {
    expect(loadProvinceConfig('config/demo/province.json')).toMatchObject({ ok: true })
    expect(provinceConfigSchema.parse(sound)).toMatchObject({
      demo: false,
      officialCode: { pattern: '{unitCode}-{yyMMdd}-{seq4}' },
      signIn: { maxTries: 5 },
    })
  })

  const [kiosk] = sound.kiosks
  const [user] = sound.users
  it.each<[string, object]>([
    ['extra', { extra: 1 }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['officialCode.pattern', { officialCode: { pattern: '{unitCode}-{seq4}' } }],
    ['officialCode.pattern', { officialCode: { pattern: '{unitCode}-{yyMMdd}' } }],
    ['kiosks.0.unitCode', { kiosks: [{ ...kiosk, unitCode: 'H00' }] }],
    ['kiosks.0.tokenSha256', { demo: true, kiosks: [{ ...kiosk, token: 'x'.repeat(20) }] }],
    ['kiosks.0.token', { kiosks: [{ ...kiosk, tokenSha256: undefined, token: 'x'.repeat(20) }] }],
    ['users.0.passwordHash', { users: [{ ...user, passwordHash: 'plain' }] }],
    [
      'users.0.password',
      { users: [{ ...user, passwordHash: undefined, password: 'long enough' }] },
    ],
  ])('refuses a wrong %s', (key, changes) => {
    expect(keysRefused({ ...sound, ...changes })).toEqual([key === 'extra' ? '' : key])
  })
})
