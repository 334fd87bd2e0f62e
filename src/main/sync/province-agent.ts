import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { TlsIdentity } from './tls-identity.ts'

/** Shorter than servers keep an idle connection: none is used again that the other end has just closed. */
const idleMs = 4_000

/** Connections to the province, kept open between two exchanges. Over https both ends show who they are. */
export function createProvinceAgent(url: URL, tls: TlsIdentity | undefined): HttpAgent {
  const options = { keepAlive: true, timeout: idleMs }
  if (url.protocol !== 'https:') return new HttpAgent(options)
  return new HttpsAgent({
    ...options,
    minVersion: 'TLSv1.2',
    ...(tls && { cert: tls.certificate, key: tls.key }),
    ...(tls?.ca !== undefined && { ca: tls.ca }),
  })
}
