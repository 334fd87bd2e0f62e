import type { Dial, Socket } from './socket.ts'

/**
 * To the host that served this page. Its token is in a cookie, which this page cannot read, or in the fragment of the
 * address that a person has opened.
 */
export function dialHost(address: Pick<Location, 'host' | 'hash'>): Dial {
  const token = new URLSearchParams(address.hash.slice(1)).get('token')
  const protocols = ['motcua.v1', ...(token === null ? [] : [`token.${token}`])]
  return () => new WebSocket(`ws://${address.host}/rpc`, protocols) as unknown as Socket
}
