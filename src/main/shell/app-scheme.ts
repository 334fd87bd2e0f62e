import type { CustomScheme } from 'electron'
import type { PageFile } from '../page/page-files.ts'
import { securityHeaders } from '../page/security-headers.ts'
import type { SessionPart } from './electron-parts.ts'

const scheme = 'motcua'
/** The one origin that exists in this browser; it can name nothing on the disk and nothing on the network. */
export const pageOrigin = `${scheme}://kiosk`
export const pageUrl = `${pageOrigin}/`
export const stoppedUrl = `${pageOrigin}/stopped`

/**
 * To be registered before the app is ready. Standard and secure, so that it has an origin of its own and the
 * page's policy applies to it; no fetch, no service worker, no way around the policy.
 */
export const appScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, codeCache: true },
}

export function isOwnUrl(url: string): boolean {
  return url === pageOrigin || url.startsWith(pageUrl)
}

export interface Pages {
  /** The built renderer, by path. */
  readonly files: ReadonlyMap<string, PageFile>
  /** The page that is shown when the machine cannot serve; made anew at each request. */
  readonly stopped: () => { readonly html: string; readonly styleHash: string }
}

/** Answers every request of the page from memory: nothing that a page asks for becomes a path on the disk. */
export function serveAppScheme(session: Pick<SessionPart, 'protocol'>, pages: Pages): void {
  session.protocol.handle(scheme, (request) => answer(request, pages))
}

export function answer(request: Pick<Request, 'method' | 'url'>, pages: Pages): Response {
  const refuse = (status: number) => new Response(null, { status, headers: securityHeaders() })
  if (!isOwnUrl(request.url)) return refuse(403)
  if (request.method !== 'GET') return refuse(405)
  if (request.url === stoppedUrl) {
    const { html, styleHash } = pages.stopped()
    const headers = securityHeaders("'none'", `'${styleHash}'`)
    return new Response(html, {
      headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
    })
  }
  const path = request.url.slice(pageOrigin.length).split(/[?#]/)[0] || '/'
  const file = pages.files.get(path)
  if (file === undefined) return refuse(404)
  return new Response(new Uint8Array(file.body), {
    headers: { ...securityHeaders(), 'Content-Type': file.type },
  })
}
