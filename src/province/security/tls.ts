import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TLSSocket } from 'node:tls'
import type { ProvinceConfig } from '../config.ts'
import { ConfigRefusal } from '../config-refusal.ts'

/** What https needs: the province's own certificate, and who vouches for the kiosks'. */
export interface ProvinceTls {
  readonly cert: string
  readonly key: string
  /** Authority of the kiosks' certificates, and of nothing else. */
  readonly ca: string
  /** Last moment of the own certificate, UTC ISO 8601. */
  readonly notAfter: string
}

/** @throws ConfigRefusal */
export function readProvinceTls(files: NonNullable<ProvinceConfig['tls']>): ProvinceTls {
  const read = <T>(name: keyof typeof files, parse: (pem: string) => T) => {
    try {
      const pem = readFileSync(files[name], 'utf8')
      return { pem, parsed: parse(pem) }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new ConfigRefusal(`tls.${name}: ${files[name]}: ${reason}`)
    }
  }
  const certificate = read('certificateFile', (pem) => new X509Certificate(pem))
  const key = read('keyFile', (pem) => createPrivateKey(pem))
  if (!certificate.parsed.checkPrivateKey(key.parsed)) {
    throw new ConfigRefusal(`tls.keyFile: ${files.keyFile}: is not the key of the certificate`)
  }
  const ca = read('kioskCaFile', (pem) => new X509Certificate(pem))
  const notAfter = new Date(certificate.parsed.validTo).toISOString()
  return { cert: certificate.pem, key: key.pem, ca: ca.pem, notAfter }
}

/** Whose certificate the connection shows: `nobody` without one, or with one that nobody vouches for. */
export function kioskOfConnection(socket: TLSSocket): string | 'nobody' {
  if (!socket.authorized) return 'nobody'
  const name = socket.getPeerCertificate().subject?.CN
  return typeof name === 'string' && name !== '' ? name : 'nobody'
}
