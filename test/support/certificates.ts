import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** PEM files of one certificate. */
export interface Certificate {
  readonly certificateFile: string
  readonly keyFile: string
  readonly cert: string
  readonly key: string
}

export interface Authority extends Certificate {
  issue(wanted: {
    readonly commonName: string
    /** `IP:127.0.0.1`, `DNS:localhost`; without: good for a client. */
    readonly name?: string
    /** Days from now; negative: it has run out. */
    readonly days?: number
  }): Certificate
}

export interface CertificateWorkshop {
  readonly folder: string
  authority(commonName: string): Authority
  selfSigned(commonName: string, name: string): Certificate
  remove(): void
}

/** Certificates of made-up authorities, made by openssl in a folder of their own. */
export function certificateWorkshop(): CertificateWorkshop {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  let count = 0
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const newKey = () => {
    count += 1
    const keyFile = join(folder, `${count}.key`)
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', keyFile)
    return { keyFile, certificateFile: join(folder, `${count}.pem`), base: String(count) }
  }
  const read = ({ keyFile, certificateFile }: { keyFile: string; certificateFile: string }) => ({
    ...{ keyFile, certificateFile },
    cert: readFileSync(certificateFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
  })
  const self = (commonName: string, extension: string) => {
    const made = newKey()
    openssl(
      ...['req', '-x509', '-new', '-key', made.keyFile, '-out', made.certificateFile],
      ...['-subj', `/CN=${commonName}`, '-days', '3650', '-addext', extension],
    )
    return read(made)
  }
  return {
    folder,
    selfSigned: (commonName, name) => self(commonName, `subjectAltName=${name}`),
    authority(commonName) {
      const own = self(commonName, 'keyUsage=critical,keyCertSign')
      return {
        ...own,
        issue({ commonName: subject, name, days = 365 }) {
          const made = newKey()
          const request = join(folder, `${made.base}.csr`)
          const extensions = join(folder, `${made.base}.ext`)
          writeFileSync(
            extensions,
            name === undefined ? 'extendedKeyUsage=clientAuth' : `subjectAltName=${name}`,
          )
          openssl('req', '-new', '-key', made.keyFile, '-subj', `/CN=${subject}`, '-out', request)
          openssl(
            ...['x509', '-req', '-in', request, '-out', made.certificateFile],
            ...['-CA', own.certificateFile, '-CAkey', own.keyFile, '-CAcreateserial'],
            ...['-days', String(days), '-extfile', extensions],
          )
          return read(made)
        },
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
