import { appendFileSync } from 'node:fs'
import { exampleScreens } from '../../src/contract/examples/example-screens.ts'
import { exampleSnapshot } from '../../src/contract/examples/example-snapshot.ts'
import type { Snapshot } from '../../src/contract/snapshot.ts'
import { acceptProcessPorts } from '../../src/main/core/rpc/process-ports.ts'
import { createRouter } from '../../src/main/core/rpc/router.ts'
import { serveContract } from '../../src/main/core/rpc/serve-contract.ts'
import type { SessionPort } from '../../src/main/core/rpc/session-port.ts'

/**
 * A core without hardware and store behind the real contract server: one screen, remembered in nothing but its
 * arguments, so that it comes back the same. Arguments: log file, name of the example screen.
 */
const [logFile = '', screenName = 'idle', ...more] = process.argv.slice(2)
const log = (line: string) => appendFileSync(logFile, `${line}\n`)
log(`started ${process.pid} ${more.join(' ')}`)

const screen = exampleScreens[screenName]
if (screen === undefined) throw new Error(`No example screen ${screenName}`)
let snapshot: Snapshot = exampleSnapshot(screen, { coreId: `core-${process.pid}` })
const listeners = new Set<() => void>()

const session: SessionPort = {
  current: () => snapshot,
  onChange: (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  intend: (path, input) => {
    log(`intended ${path}`)
    if (path === 'session.leave') process.exit(1)
    const language = input.language === 'en' ? 'en' : 'vi'
    snapshot = { ...snapshot, language, revision: snapshot.revision + 1 }
    for (const listener of listeners) listener()
    return { taken: true }
  },
}

process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => {})
const router = createRouter(session)
acceptProcessPorts(process, (port) => serveContract(router, port))
