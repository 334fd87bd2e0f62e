import { tellLocally } from '../../devices/transport/local-socket.ts'
import type { Kiosk } from './compose-kiosk.ts'
import { diagnosisSocketPath } from './diagnose-command.ts'
import { watchParent } from './process/parent-watch.ts'
import type { Port } from './rpc/port.ts'
import { acceptProcessPorts } from './rpc/process-ports.ts'
import { createRouter } from './rpc/router.ts'
import { serveContract } from './rpc/serve-contract.ts'
import { acceptShellPorts, shellLinkOf } from './rpc/shell-ports.ts'

/** Lets the screen in, from whichever parent started core, and whoever asks over SSH. */
export function serveKiosk(
  kiosk: Kiosk,
  options: { readonly dataFolder: string; readonly onParentGone: (why: string) => void },
): { close(): void } {
  const router = createRouter(kiosk.session)
  const serve = (port: Port) => serveContract(router, port)
  const shell = shellLinkOf(process)
  if (shell) acceptShellPorts(shell, serve, () => options.onParentGone('shell ends'))
  else if (process.send) acceptProcessPorts(process, serve)
  if (process.send) watchParent(process, () => options.onParentGone('parent gone'))
  return tellLocally(diagnosisSocketPath(options.dataFolder), () =>
    JSON.stringify(kiosk.diagnose()),
  )
}
