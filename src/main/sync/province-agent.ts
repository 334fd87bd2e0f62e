import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

/** Shorter than servers keep an idle connection: none is used again that the other end has just closed. */
const idleMs = 4_000

/** Connections to the province, kept open between two exchanges. */
export function createProvinceAgent(url: URL): HttpAgent {
  const options = { keepAlive: true, timeout: idleMs }
  return url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options)
}
