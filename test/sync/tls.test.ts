import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createPlainServer, type RequestListener } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createProvinceClient } from '../../src/main/sync/province-client.ts'
import { readTlsIdentity, type TlsIdentity } from '../../src/main/sync/tls-identity.ts'
import { type RunningProvince, startProvince } from '../../src/province/server.ts'
import { type Authority, type Certificate, certificateWorkshop } from '../support/certificates.ts'
import { demoKiosk, type otherKiosk, testProvinceConfig } from '../support/province.ts'

const workshop = certificateWorkshop()
const ours = workshop.authority('Tinh mau')
const theirs = workshop.authority('Somebody else')
const loopback = 'IP:127.0.0.1'
const own = ours.issue({ commonName: demoKiosk.id })
afterAll(() => workshop.remove())

function identity(
  certificate: Certificate,
  authority: Authority | undefined = ours,
): TlsIdentity | undefined {
  const { certificateFile, keyFile } = certificate
  const read = readTlsIdentity({ certificateFile, keyFile, caFile: authority?.certificateFile })
  if (!read.ok) throw new Error(read.reason)
  return read.identity
}

const registration = {
  ...{ epoch: 1, instance: '4f4e9a52-3a4b-4b0c-8f4e-1d2c3b4a5f60' },
  ...{ startedAt: '2026-07-01T00:00:00.000Z', slipKeyId: 'K07.1', slipPublicKey: 'A'.repeat(43) },
}

function clientOf(
  url: string,
  tls: TlsIdentity | undefined,
  kiosk: typeof demoKiosk | typeof otherKiosk = demoKiosk,
) {
  return createProvinceClient({
    ...{ url, kioskId: kiosk.id, token: kiosk.token, provinceId: 'test-province', tls },
    receiptKeys: [{ keyId: 'p1', publicKey: 'A'.repeat(43) }],
    deadlineMs: 5_000,
  })
}

describe('a kiosk shows its token to nobody but its own province', () => {
  /** Whoever gets so far as to send a request has lost. */
  let requests = 0
  const listener: RequestListener = (_request, response) => {
    requests += 1
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"epoch":1}')
  }
  async function listen(server: Server): Promise<string> {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(async () => {
      await new Promise((done) => server.close(done))
    })
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const secure = ({ cert, key }: Certificate, more: ServerOptions = {}) =>
    createServer({ cert, key, ...more }, listener)

  test('to the right one it does', async () => {
    const url = await listen(secure(ours.issue({ commonName: 'tinh', name: loopback })))
    requests = 0
    expect(await clientOf(url, identity(own)).registerEpoch(registration)).toEqual({
      outcome: 'done',
    })
    expect(requests).toBe(1)
  })

  test.each<[string, () => Server, RegExp]>([
    ['self-signed', () => secure(workshop.selfSigned('tinh', loopback)), /^DEPTH_ZERO_SELF_SIGNED/],
    [
      'of another authority',
      () => secure(theirs.issue({ commonName: 'tinh', name: loopback })),
      /^UNABLE_TO_VERIFY_LEAF|^UNABLE_TO_GET_ISSUER|^SELF_SIGNED/,
    ],
    [
      'run out',
      () => secure(ours.issue({ commonName: 'tinh', name: loopback, days: -1 })),
      /^CERT_HAS_EXPIRED$/,
    ],
    [
      'for another name',
      () => secure(ours.issue({ commonName: 'tinh', name: 'DNS:elsewhere.example' })),
      /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ],
    [
      'for another address, with ours as common name',
      () => secure(ours.issue({ commonName: '127.0.0.1', name: 'IP:127.0.0.2' })),
      /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ],
    [
      'another kiosk’s',
      () => secure(ours.issue({ commonName: 'K08' })),
      /^ERR_TLS_CERT_ALTNAME_INVALID$|^INVALID_PURPOSE$/,
    ],
    [
      'over a protocol that is broken',
      () =>
        secure(ours.issue({ commonName: 'tinh', name: loopback }), {
          ...{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' },
        }),
      /^ERR_SSL|^EPROTO$|^ECONNRESET$/,
    ],
    ['plain http on the port', () => createPlainServer(listener), /^ERR_SSL|^EPROTO$/],
  ])('a certificate that is %s', async (_name, server, code) => {
    const url = await listen(server())
    requests = 0
    expect(await clientOf(url, identity(own)).registerEpoch(registration)).toMatchObject({
      ...{ outcome: 'later', concerns: 'everyone', code: expect.stringMatching(code) },
    })
    expect(requests).toBe(0)
  })

  test('an authority that the kiosk was not given is none, whatever the machine trusts', async () => {
    const url = await listen(secure(ours.issue({ commonName: 'tinh', name: loopback })))
    requests = 0
    expect(await clientOf(url, identity(own, theirs)).registerEpoch(registration)).toMatchObject({
      outcome: 'later',
    })
    expect(requests).toBe(0)
  })
})

describe('the province lets a kiosk in with a certificate in its own name', () => {
  let province: RunningProvince
  const logged: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'province-tls-'))
  beforeAll(async () => {
    const server = ours.issue({ commonName: 'tinh', name: loopback, days: 20 })
    province = await startProvince({
      config: await testProvinceConfig({
        tls: {
          certificateFile: server.certificateFile,
          keyFile: server.keyFile,
          kioskCaFile: ours.certificateFile,
        },
      }),
      dataFolder: folder,
      log: (_level, line) => logged.push(line),
    })
  })
  afterAll(async () => {
    await province.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('its own opens', async () => {
    expect(province.url).toMatch(/^https:/)
    expect(await clientOf(province.url, identity(own)).registerEpoch(registration)).toEqual({
      outcome: 'done',
    })
  })

  test.each<[string, () => TlsIdentity | undefined, string]>([
    [
      'none',
      () => {
        const { certificate: _, key: __, ...rest } = identity(own) as TlsIdentity
        return rest as TlsIdentity
      },
      'UNAUTHENTICATED',
    ],
    [
      'of another authority',
      () => identity(theirs.issue({ commonName: 'K07' })),
      'UNAUTHENTICATED',
    ],
    ['made by itself', () => identity(workshop.selfSigned('K07', loopback)), 'UNAUTHENTICATED'],
    ['run out', () => identity(ours.issue({ commonName: 'K07', days: -1 })), 'UNAUTHENTICATED'],
    ['another kiosk’s', () => identity(ours.issue({ commonName: 'K08' })), 'FORBIDDEN'],
  ])('a certificate that is %s does not, with the right token', async (_name, tls, code) => {
    const before = await province.store.messages.list({ limit: 10 })
    expect(await clientOf(province.url, tls()).registerEpoch(registration)).toEqual({
      ...{ outcome: 'stop', code },
    })
    expect(await province.store.messages.list({ limit: 10 })).toEqual(before)
  })

  test('a good certificate without the right token does not either', async () => {
    const client = createProvinceClient({
      ...{ url: province.url, kioskId: 'K07', token: 'another-token-0123456' },
      ...{ provinceId: 'test-province', tls: identity(own) },
      receiptKeys: [{ keyId: 'p1', publicKey: 'A'.repeat(43) }],
    })
    expect(await client.registerEpoch(registration)).toMatchObject({ outcome: 'stop' })
  })

  test('its own certificate is spoken of 30 days before its end', () => {
    expect(logged.filter((line) => line.startsWith('tls: '))).toEqual([
      expect.stringMatching(/^tls: the certificate runs out: \d{4}-/),
    ])
  })

  test('in the clear it serves loopback only, and a wrong key is named with its file', async () => {
    const config = await testProvinceConfig()
    const start = (more: object, host = '127.0.0.1') =>
      startProvince({
        ...{ config: { ...config, demo: false, ...more }, host, log: () => undefined },
        dataFolder: join(folder, 'never'),
      })
    await expect(start({}, '0.0.0.0')).rejects.toThrow(/^tls: missing, and plain http is served/)
    const { certificateFile, keyFile } = own
    const files = { certificateFile, keyFile: ours.keyFile, kioskCaFile: ours.certificateFile }
    await expect(start({ tls: files })).rejects.toThrow(/^tls\.keyFile: .*is not the key of/)
    const none = { certificateFile, keyFile, kioskCaFile: '/nowhere/ca.pem' }
    await expect(start({ tls: none })).rejects.toThrow(/^tls\.kioskCaFile: \/nowhere\/ca\.pem: /)
  })
})

describe('a kiosk refuses its configuration', () => {
  const core = fileURLToPath(new URL('../../src/main/core/main.ts', import.meta.url))
  const demo = fileURLToPath(new URL('../../config/demo/kiosk.json', import.meta.url))
  const notPem = join(workshop.folder, 'not.pem')
  writeFileSync(notPem, 'nothing')
  const { certificateFile, keyFile } = own

  test.each<[object, string]>([
    [{ certificateFile: '/nowhere.pem', keyFile }, 'certificateFile: /nowhere.pem cannot be read'],
    [
      { certificateFile: notPem, keyFile },
      `certificateFile: ${notPem} holds no certificate in PEM`,
    ],
    [
      { certificateFile, keyFile: ours.keyFile },
      `keyFile: ${ours.keyFile} is not the key of the certificate`,
    ],
    [{ certificateFile, keyFile: notPem }, `keyFile: ${notPem} holds no open private key in PEM`],
    [{ certificateFile, keyFile, caFile: notPem }, `caFile: ${notPem} holds no certificate in PEM`],
  ])('%j', (tls, reason) => {
    const config = JSON.parse(readFileSync(demo, 'utf8'))
    Object.assign(config, {
      catalogueFile: fileURLToPath(new URL('../../config/demo/procedures.json', import.meta.url)),
      province: { ...config.province, url: 'https://127.0.0.1:9', tls },
    })
    const file = join(workshop.folder, 'kiosk.json')
    writeFileSync(file, JSON.stringify(config))
    const { status, stderr } = spawnSync(process.execPath, [core, '--config', file], {
      encoding: 'utf8',
    })
    expect(stderr).toBe(`${file}: province.tls.${reason}\n`)
    expect(status).toBe(78)
  })
})
