import { StrictMode, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { exampleScreens } from '../../contract/examples/example-screens.ts'
import { exampleSnapshot } from '../../contract/examples/example-snapshot.ts'
import { languages } from '../../contract/roles.ts'
import { App } from '../app.tsx'
import { drawPage } from './draw-page.ts'
import '../ui/styles.ts'

const faulty = [
  { service: 'intake', available: false, reasons: ['PAPER_OUT', 'NO_BAGS'] },
  { service: 'collection', available: true, reasons: [] },
] as const

const doNothing = async () => undefined
const drawnPicture = async (_screenId: string, pageId: string) => drawPage(pageId)

let shown = location.hash.slice(1)
const listeners = new Set<() => void>()

/** Draws that example at once; whoever looks at thousands of them does not wait for events. */
function show(hash: string): void {
  shown = hash
  flushSync(() => {
    for (const listener of listeners) listener()
  })
}
addEventListener('hashchange', () => show(location.hash.slice(1)))
Object.assign(window, { show })

/**
 * One screen with made-up data: `#screen=idle&language=en`, with `&warning`, `&away` (core is down), `&faulty`
 * (services out), `&large`, `&contrast`, `&reach`. Without `screen`, a list of links. Run with `npx vite`, then open `/gallery/`.
 */
function Gallery() {
  const hash = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => shown,
  )
  const wanted = new URLSearchParams(hash)
  const name = wanted.get('screen') ?? ''
  const screen = exampleScreens[name]
  if (screen === undefined) {
    return (
      <ul style={{ overflow: 'auto', height: '100%' }}>
        {Object.keys(exampleScreens).map((key) => (
          <li key={key}>
            <a href={`#screen=${key}`}>{key}</a> <a href={`#screen=${key}&language=en`}>en</a>
          </li>
        ))}
      </ul>
    )
  }
  const snapshot = exampleSnapshot(screen, {
    screenId: name,
    language: languages.find((one) => one === wanted.get('language')) ?? 'vi',
    display: {
      largeText: wanted.has('large'),
      highContrast: wanted.has('contrast'),
      reach: wanted.has('reach'),
    },
    warning: wanted.has('warning') ? { secondsLeft: 20 } : null,
    ...(wanted.has('faulty') && {
      services: faulty.map((truth) => ({ ...truth, reasons: [...truth.reasons] })),
    }),
  })
  return (
    <div data-example={hash} style={{ height: '100%' }}>
      <App
        connected={!wanted.has('away')}
        send={doNothing}
        picture={drawnPicture}
        snapshot={snapshot}
      />
    </div>
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
)
