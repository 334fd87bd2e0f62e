import { isSameToken } from './token.ts'

/** Browsers keep cookies by host and not by port: each page of this machine has a name of its own. */
export const screenCookie = 'motcua_screen'

/** Whether the `Cookie` header brings the screen's token. */
export function hasScreenCookie(header: string | undefined, token: string): boolean {
  return (header ?? '').split(/;\s*/).some((pair) => {
    const [given, value = ''] = pair.split('=', 2)
    return given === screenCookie && isSameToken(value, token)
  })
}
