import type { DisplayMediaRequestHandlerHandlerRequest, Streams } from 'electron'
import type { SessionPart } from '../../../src/main/shell/electron-parts.ts'
import { Emitter } from './emitter.ts'

type Setting = (handler: never) => void
type HandlerOf<S extends Setting> = Parameters<S>[0]
type RequestHandler = (request: Request) => Response | Promise<Response>

/** Keeps the handlers that the shell set, for a test to call as Chromium would. */
export class StandInSession extends Emitter implements SessionPart {
  readonly schemes = new Map<string, RequestHandler>()
  permissionRequest?: HandlerOf<SessionPart['setPermissionRequestHandler']>
  permissionCheck?: HandlerOf<SessionPart['setPermissionCheckHandler']>
  devicePermission?: HandlerOf<SessionPart['setDevicePermissionHandler']>
  bluetooth?: HandlerOf<SessionPart['setBluetoothPairingHandler']>
  displayMedia?: HandlerOf<SessionPart['setDisplayMediaRequestHandler']>
  spellChecker = true
  private beforeRequest?: HandlerOf<SessionPart['webRequest']['onBeforeRequest']>

  readonly protocol = {
    handle: (scheme: string, handler: RequestHandler) => {
      this.schemes.set(scheme, handler)
    },
  }
  readonly webRequest: SessionPart['webRequest'] = {
    onBeforeRequest: (listener) => {
      this.beforeRequest = listener
    },
  }

  setPermissionRequestHandler: SessionPart['setPermissionRequestHandler'] = (handler) => {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler: SessionPart['setPermissionCheckHandler'] = (handler) => {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler: SessionPart['setDevicePermissionHandler'] = (handler) => {
    this.devicePermission = handler
  }
  setBluetoothPairingHandler: SessionPart['setBluetoothPairingHandler'] = (handler) => {
    this.bluetooth = handler
  }
  setDisplayMediaRequestHandler: SessionPart['setDisplayMediaRequestHandler'] = (handler) => {
    this.displayMedia = handler
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable
  }

  /** What a page gets for an address; undefined when nothing lets it out or nobody answers. */
  async request(url: string, method = 'GET'): Promise<Response | undefined> {
    let cancelled = false
    this.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel ?? false))
    if (cancelled) return undefined
    const handler = this.schemes.get(url.split(':')[0] ?? '')
    return handler?.(new Request(url, { method }))
  }

  askPermission(permission: string): boolean {
    let granted = true
    this.permissionRequest?.(undefined, permission, (answer) => (granted = answer))
    return granted
  }

  askDisplayMedia(): Streams | null | undefined {
    let given: Streams | null | undefined
    const request = {} as DisplayMediaRequestHandlerHandlerRequest
    this.displayMedia?.(request, (streams) => (given = streams))
    return given
  }
}
