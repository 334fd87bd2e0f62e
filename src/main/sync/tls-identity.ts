import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** PEM files of the configuration, paths absolute. */
export interface TlsFiles {
  /** This kiosk's certificate, and the chain to its authority behind it. */
  readonly certificateFile: string
  readonly keyFile: string
  /** Who vouches for the province; without it, the authorities that Node knows. */
  readonly caFile?: string | undefined
}

/** What the kiosk shows to the province, and by what it knows the province. */
export interface TlsIdentity {
  readonly certificate: string
  readonly key: string
  readonly ca?: string
  /** Last moment of the certificate, UTC ISO 8601. */
  readonly notAfter: string
}

export type TlsIdentityRead =
  | { readonly ok: true; readonly identity: TlsIdentity }
  | { readonly ok: false; readonly key: keyof TlsFiles; readonly reason: string }

/** An expired certificate is no fault here: citizens are served without the province, and somebody is told. */
export function readTlsIdentity(files: TlsFiles): TlsIdentityRead {
  const { certificateFile, keyFile, caFile } = files
  const refuse = (key: keyof TlsFiles, reason: string): TlsIdentityRead => ({
    ...{ ok: false, key, reason },
  })
  const certificate = readText(certificateFile)
  if (certificate === undefined) return refuse('certificateFile', 'cannot be read')
  const parsed = attempt(() => new X509Certificate(certificate))
  if (!parsed) return refuse('certificateFile', 'holds no certificate in PEM')
  const key = readText(keyFile)
  if (key === undefined) return refuse('keyFile', 'cannot be read')
  const privateKey = attempt(() => createPrivateKey(key))
  if (!privateKey) return refuse('keyFile', 'holds no open private key in PEM')
  if (!parsed.checkPrivateKey(privateKey)) {
    return refuse('keyFile', 'is not the key of the certificate')
  }
  const identity = { certificate, key, notAfter: new Date(parsed.validTo).toISOString() }
  if (caFile === undefined) return { ok: true, identity }
  const ca = readText(caFile)
  if (ca === undefined) return refuse('caFile', 'cannot be read')
  if (!attempt(() => new X509Certificate(ca))) {
    return refuse('caFile', 'holds no certificate in PEM')
  }
  return { ok: true, identity: { ...identity, ca } }
}

function readText(file: string): string | undefined {
  return attempt(() => readFileSync(file, 'utf8'))
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
