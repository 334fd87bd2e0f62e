import { readPageFiles } from '../page/page-files.ts'
import { createClientPipe } from './client-pipe.ts'
import { superviseCore } from './core-process.ts'
import { mintToken } from './token.ts'
import { startWebServer } from './web-server.ts'

export interface HostOptions {
  readonly coreEntry: string
  readonly coreArgs: readonly string[]
  /** The built renderer. */
  readonly pageFolder: string
  /** 0: any free port. */
  readonly port: number
  readonly onCoreDown?: (description: string) => void
  /** Core refused to start for good; the host should end with this code. */
  readonly onGaveUp?: (exitCode: number) => void
}

export interface Host {
  readonly port: number
  readonly token: string
  /** The page, without a secret. */
  readonly pageUrl: string
  /** The same with the token in its fragment, which no request carries: for a browser that a person opens. */
  readonly url: string
  corePid(): number | undefined
  stop(): Promise<void>
}

/** Core as a child process, the renderer's files and a checked pipe between the two. Knows nothing of either. */
export async function startHost(options: HostOptions): Promise<Host> {
  const token = mintToken()
  const pipe = createClientPipe((frame) => core.send(frame))
  const server = await startWebServer({
    port: options.port,
    token,
    files: readPageFiles(options.pageFolder),
    onClient: pipe.accept,
  })
  const core = superviseCore({
    entry: options.coreEntry,
    args: options.coreArgs,
    onReady: pipe.coreReady,
    onFrame: pipe.fromCore,
    onDown: (description) => {
      pipe.coreDown()
      options.onCoreDown?.(description)
    },
    onGaveUp: (exitCode) => options.onGaveUp?.(exitCode),
  })
  return {
    port: server.port,
    token,
    pageUrl: `http://127.0.0.1:${server.port}/`,
    url: `http://127.0.0.1:${server.port}/#token=${token}`,
    corePid: core.pid,
    stop: async () => {
      pipe.closeAll()
      await core.stop()
      await server.close()
    },
  }
}
