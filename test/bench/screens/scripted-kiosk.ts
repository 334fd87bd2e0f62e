import type { WebSocket } from 'ws'
import { plainDisplay } from '../../../src/contract/display.ts'
import { exampleSnapshot } from '../../../src/contract/examples/example-snapshot.ts'
import type { Language } from '../../../src/contract/roles.ts'
import type { Screen } from '../../../src/contract/screen.ts'
import type { Snapshot } from '../../../src/contract/snapshot.ts'
import type { Port } from '../../../src/main/core/rpc/port.ts'
import { createRouter } from '../../../src/main/core/rpc/router.ts'
import { serveContract } from '../../../src/main/core/rpc/serve-contract.ts'
import type { SessionPort } from '../../../src/main/core/rpc/session-port.ts'
import { mintToken } from '../../../src/main/host/token.ts'
import { startWebServer } from '../../../src/main/host/web-server.ts'
import { ensurePage, pageFolder } from '../../../src/main/page/ensure-page.ts'
import { readPageFiles } from '../../../src/main/page/page-files.ts'

export interface ScriptedKiosk {
  readonly url: string
  /** The next snapshot of core; a new screen gets an identity of its own, a step of one door does not. */
  show(screen: Screen, language?: Language): void
  stop(): Promise<void>
}

/**
 * The real page from the real web server over the real contract. Only core is not there: a script says what is
 * shown, so that a thousand visits take minutes.
 */
export async function startScriptedKiosk(pageJpeg: Uint8Array): Promise<ScriptedKiosk> {
  await ensurePage(() => {})
  const listeners = new Set<() => void>()
  let revision = 1
  let screens = 1
  let snapshot: Snapshot = exampleSnapshot({ name: 'notice' })
  const session: SessionPort = {
    current: () => snapshot,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    intend: () => ({ taken: false, code: 'NOT_HERE' }),
    picture: () => pageJpeg,
  }
  const router = createRouter(session)
  const token = mintToken()
  const server = await startWebServer({
    port: 0,
    token,
    files: readPageFiles(pageFolder),
    onClient: (socket) => serveContract(router, portOf(socket)),
  })
  return {
    url: `http://127.0.0.1:${server.port}/#token=${token}`,
    show(screen, language = 'vi') {
      revision += 1
      if (screen.name !== snapshot.screen.name) screens += 1
      snapshot = exampleSnapshot(screen, {
        revision,
        language,
        screenId: `scripted.${screens}`,
        display: plainDisplay,
      })
      for (const listener of listeners) listener()
    },
    stop: server.close,
  }
}

function portOf(socket: WebSocket): Port {
  return {
    send: (text) =>
      new Promise((resolve, reject) =>
        socket.send(text, (error) => (error ? reject(error) : resolve())),
      ),
    onMessage: (listener) => socket.on('message', (data) => listener(String(data))),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.close(),
  }
}
