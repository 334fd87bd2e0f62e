import { StrictMode, useCallback, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { startBeat } from './api/beat.ts'
import { type BridgeState, connectBridge } from './api/bridge.ts'
import { dialHost } from './api/dial-host.ts'
import { dialShell } from './api/dial-shell.ts'
import { findShell } from './api/find-shell.ts'
import { App } from './app.tsx'
import './ui/styles.ts'

const shell = findShell(window)
let state: BridgeState = { snapshot: undefined, connected: false }
const listeners = new Set<() => void>()
const bridge = connectBridge(shell ? dialShell(shell, window) : dialHost(location), (changed) => {
  state = changed
  for (const listener of listeners) listener()
})

function Page() {
  const current = useSyncExternalStore(
    useCallback((listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }, []),
    () => state,
  )
  return <App {...current} send={bridge.send} picture={bridge.picture} />
}

// No menu by a long press, no picture dragged out of the window. Everything is typed on the glass: a keyboard that
// somebody has plugged in presses no button and moves nothing.
for (const event of ['contextmenu', 'dragstart', 'keydown', 'keypress', 'keyup', 'paste']) {
  document.addEventListener(event, (occurred) => occurred.preventDefault())
}

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')
if (shell) startBeat(shell, root, () => state)
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
)
