import { StrictMode, useCallback, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { type BridgeState, connectBridge } from './api/bridge.ts'
import { App } from './app.tsx'
import './ui/styles.ts'

const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
let state: BridgeState = { snapshot: undefined, connected: false }
const listeners = new Set<() => void>()
const bridge = connectBridge(
  `ws://${location.host}/rpc`,
  ['motcua.v1', `token.${token}`],
  (changed) => {
    state = changed
    for (const listener of listeners) listener()
  },
)

function Page() {
  const current = useSyncExternalStore(
    useCallback((listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }, []),
    () => state,
  )
  return <App {...current} send={bridge.send} />
}

// No menu by a long press, no picture dragged out of the window.
for (const event of ['contextmenu', 'dragstart']) {
  document.addEventListener(event, (occurred) => occurred.preventDefault())
}

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
)
