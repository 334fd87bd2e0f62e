import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { type CoreProcess, superviseCore } from '../../src/main/host/core-process.ts'
import { type CoreView, createCoreView } from './core-view.ts'

/** A person before the screen: sees snapshots, touches. Core itself is supervised as the host does it. */
export interface CoreClient extends CoreView {
  pid(): number | undefined
  /** How often core has come up. */
  starts(): number
  /** How often it has gone down by itself. */
  deaths(): number
  /** Resolves when core has come up `count` times. */
  started(count: number): Promise<void>
  /** SIGKILL; the supervisor brings core back. */
  kill(): void
  stop(): Promise<void>
}

export interface CoreStart {
  readonly entry: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

export function startCore({ entry, args, environment }: CoreStart): CoreClient {
  const view = createCoreView()
  let starts = 0
  let deaths = 0
  let fromCore = (_text: string) => {}
  let portClosed = () => {}
  let port = 0

  const core: CoreProcess = superviseCore({
    entry,
    args,
    environment,
    onReady() {
      starts += 1
      connect()
      view.tell()
    },
    onFrame(frame) {
      if (frame.rpc === 'data' && frame.port === port) fromCore(frame.text)
    },
    onDown() {
      deaths += 1
      portClosed()
      view.detach()
    },
    onGaveUp(code) {
      throw new Error(`core refused to start: ${code}`)
    },
  })

  function connect(): void {
    port += 1
    const mine = port
    const messages: ((event: { data: string }) => void)[] = []
    const closes: (() => void)[] = []
    fromCore = (data) => {
      for (const listener of messages) listener({ data })
    }
    portClosed = () => {
      websocket.readyState = 3
      for (const listener of closes) listener()
    }
    void core.send({ rpc: 'open', port: mine })
    const websocket = {
      readyState: 1,
      addEventListener(event: string, listener: (event: { data: string }) => void) {
        if (event === 'message') messages.push(listener)
        if (event === 'close') closes.push(listener as () => void)
      },
      send: (data: string) => void core.send({ rpc: 'data', port: mine, text: String(data) }),
    }
    view.attach(createORPCClient(new RPCLink({ websocket: websocket as never })))
  }

  return {
    ...view,
    pid: () => core.pid(),
    starts: () => starts,
    deaths: () => deaths,
    started: (count) =>
      view
        .wait(
          () => (starts >= count && view.isUp() ? true : undefined),
          () => `start ${count} of core`,
        )
        .then(() => undefined),
    kill() {
      const pid = core.pid()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    },
    stop: () => core.stop(),
  }
}
