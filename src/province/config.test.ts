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
  const adapter = {
    kind: 'dvcqg',
    id: 'dvcqg',
    name: 'Cổng mẫu',
    url: 'https://adapter.invalid',
    acceptedFrom: '2026-01-01T00:00:00Z',
    authPath: '/auth',
    servicePath: '/service',
    username: 'u',
    passwordFile: '/run/credentials/dvcqg',
    unitId: '000.00.00.H99',
  }
  const [user] = sound.users
  const gateway = {
    kind: 'vnptBrandname',
    url: 'https://carrier.invalid/api',
    labelId: 'L',
    contractId: 'C',
    agentId: 'A',
    apiUser: 'u',
    username: 'u',
    passwordFile: '/run/credentials/sms',
  }
  it('takes adapters, over plain http on this machine only', () => {
    expect(keysRefused({ ...sound, adapters: [adapter], smsGateway: gateway })).toEqual([])
    const here = { ...adapter, url: 'http://127.0.0.1:8080/gateway' }
    expect(keysRefused({ ...sound, adapters: [here] })).toEqual([])
  })

  it.each<[string, object]>([
    ['extra', { extra: 1 }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['officialCode.pattern', { officialCode: { pattern: '{unitCode}-{seq4}' } }],
    ['officialCode.pattern', { officialCode: { pattern: '{unitCode}-{yyMMdd}' } }],
    ['kiosks.0.unitCode', { kiosks: [{ ...kiosk, unitCode: 'H00' }] }],
    ['kiosks.0.tokenSha256', { demo: true, kiosks: [{ ...kiosk, token: 'x'.repeat(20) }] }],
    ['kiosks.0.token', { kiosks: [{ ...kiosk, tokenSha256: undefined, token: 'x'.repeat(20) }] }],
    ['users.0.passwordHash', { users: [{ ...user, passwordHash: 'plain' }] }],
    ['retention.dossierDays', { retention: { dossierDays: 0 } }],
    ['smsGateway.url', { smsGateway: { ...gateway, url: 'http://carrier.invalid' } }],
    ['smsGateway.passwordFile', { smsGateway: { ...gateway, passwordFile: undefined } }],
    [
      'smsGateway.password',
      { smsGateway: { ...gateway, passwordFile: undefined, password: 'open' } },
    ],
    ['adapters.1.id', { adapters: [adapter, adapter] }],
    ['adapters.0.url', { adapters: [{ ...adapter, url: 'http://adapter.invalid' }] }],
    ['adapters.0.kind', { adapters: [{ ...adapter, kind: 'other' }] }],
    ['adapters.0.passwordFile', { demo: true, adapters: [{ ...adapter, password: 'open' }] }],
    [
      'adapters.0.password',
      { adapters: [{ ...adapter, passwordFile: undefined, password: 'open' }] },
    ],
    [
      'users.0.password',
      { users: [{ ...user, passwordHash: undefined, password: 'long enough' }] },
    ],
  ])('refuses a wrong %s', (key, changes) => {
    expect(keysRefused({ ...sound, ...changes })).toEqual([key === 'extra' ? '' : key])
  })
})
