import { appendFileSync } from 'node:fs'
import { exampleScreens } from '../../src/contract/examples/example-screens.ts'
import { exampleSnapshot } from '../../src/contract/examples/example-snapshot.ts'
import type { Input } from '../../src/contract/screen.ts'
import type { Snapshot } from '../../src/contract/snapshot.ts'
import { acceptProcessPorts } from '../../src/main/core/rpc/process-ports.ts'
import { createRouter } from '../../src/main/core/rpc/router.ts'
import { serveContract } from '../../src/main/core/rpc/serve-contract.ts'
import type { IntentionInput, SessionPort } from '../../src/main/core/rpc/session-port.ts'
import { acceptShellPorts, shellLinkOf } from '../../src/main/core/rpc/shell-ports.ts'

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
  picture: () => undefined,
  intend: (path, input) => {
    log(`intended ${path}`)
    if (path === 'session.leave') process.exit(1)
    snapshot = { ...snapshot, ...change(path, input), revision: snapshot.revision + 1 }
    for (const listener of listeners) listener()
    return { taken: true }
  },
}

function change(path: string, input: IntentionInput): Partial<Snapshot> {
  switch (path) {
    case 'session.setLanguage':
      return { language: input.language === 'en' ? 'en' : 'vi' }
    case 'input.set': {
      const { screen } = snapshot
      if (screen.name !== 'staffPin') return {}
      const { length } = String(input.value)
      const typed = { ...screen.input, shown: '•'.repeat(length), length, complete: length >= 4 }
      log(`typed ${input.value}`)
      return { screen: { ...screen, input: typed } }
    }
    case 'input.submit':
      // A wrong PIN: the field is emptied, the screen stays.
      return snapshot.screen.name === 'staffPin'
        ? { screen: { ...snapshot.screen, problem: 'pinWrong', input: emptied(snapshot.screen) } }
        : {}
    default:
      return {}
  }
}

function emptied(screen: { input: Input }): Input {
  return { ...screen.input, shown: '', length: 0, complete: false }
}

process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => {})
const router = createRouter(session)
const shell = shellLinkOf(process)
if (shell) {
  const end = () => process.exit(0)
  acceptShellPorts(shell, (port) => serveContract(router, port), end)
} else acceptProcessPorts(process, (port) => serveContract(router, port))
