import { createRoot } from 'react-dom/client'
import { exampleScreens } from '../../contract/examples/example-screens.ts'
import { exampleSnapshot } from '../../contract/examples/example-snapshot.ts'
import { App } from '../app.tsx'
import '../ui/styles.ts'

/**
 * One screen with made-up data: `?screen=idle&language=en`, with `&warning`, `&away` (core is down), `&faulty`
 * (services out). Without `screen`, a list of links. Run with `npx vite`, then open `/gallery/`.
 */
const query = new URLSearchParams(location.search)
const name = query.get('screen') ?? ''
const screen = exampleScreens[name]
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root')

createRoot(root).render(
  screen === undefined ? (
    <ul style={{ overflow: 'auto', height: '100%' }}>
      {Object.keys(exampleScreens).map((key) => (
        <li key={key}>
          <a href={`?screen=${key}`}>{key}</a> <a href={`?screen=${key}&language=en`}>en</a>
        </li>
      ))}
    </ul>
  ) : (
    <App
      connected={!query.has('away')}
      send={async () => undefined}
      snapshot={exampleSnapshot(screen, {
        language: query.get('language') === 'en' ? 'en' : 'vi',
        warning: query.has('warning') ? { secondsLeft: 20 } : null,
        ...(query.has('faulty') && {
          services: [
            { service: 'intake', available: false, reasons: ['PAPER_OUT', 'NO_BAGS'] },
            { service: 'collection', available: true, reasons: [] },
          ],
        }),
      })}
    />
  ),
)
