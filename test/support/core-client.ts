import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Answer, Contract } from '../../src/contract/contract.ts'
import type { Intent } from '../../src/contract/intent.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import { type Snapshot, snapshotSchema } from '../../src/contract/snapshot.ts'
import { type CoreProcess, superviseCore } from '../../src/main/host/core-process.ts'

type ScreenOf<N extends ScreenName> = Extract<Snapshot['screen'], { name: N }>

/** A person before the screen: sees snapshots, touches. Core itself is supervised as the host does it. */
export interface CoreClient {
  /** The newest snapshot of the running core. */
  current(): Snapshot
  /** Resolves with the first snapshot, now or later, that `wanted` accepts. */
  until(wanted: (snapshot: Snapshot) => boolean, what?: string): Promise<Snapshot>
  /** Resolves when that screen is up. */
  screen<N extends ScreenName>(name: N): Promise<ScreenOf<N>>
  /** Speaks for the screen that is up now. */
  touch<P extends Intent['path']>(
    path: P,
    input?: Extract<Intent, { readonly path: P }>['input'],
  ): Promise<Answer>
  /** The same by somebody who does not mind that core may go away under the finger. */
  readonly tryTouch: CoreClient['touch']
  /** Types into the field and presses "go on". */
  type(value: string): Promise<Answer>
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

const patienceMs = 20_000

export function startCore({ entry, args, environment }: CoreStart): CoreClient {
  let snapshot: Snapshot | undefined
  let starts = 0
  let deaths = 0
  let client: ContractRouterClient<Contract> | undefined
  const waiting = new Set<() => void>()
  const changed = () => {
    for (const check of waiting) check()
  }
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
      changed()
    },
    onFrame(frame) {
      if (frame.rpc === 'data' && frame.port === port) fromCore(frame.text)
    },
    onDown() {
      deaths += 1
      portClosed()
      client = undefined
      snapshot = undefined
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
    const own: ContractRouterClient<Contract> = createORPCClient(
      new RPCLink({ websocket: websocket as never }),
    )
    client = own
    void watch(own)
  }

  async function watch(own: ContractRouterClient<Contract>): Promise<void> {
    try {
      for await (const arrived of await own.snapshot.watch()) {
        if (client !== own) return
        snapshot = snapshotSchema.parse(arrived)
        changed()
      }
    } catch {
      // Core went away; the next one is watched anew.
    }
  }

  function wait<T>(look: () => T | undefined, what: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look()
        if (found === undefined) return
        clearTimeout(timer)
        waiting.delete(check)
        resolve(found)
      }
      const timer = setTimeout(() => {
        waiting.delete(check)
        reject(new Error(`waited in vain for ${what()}`))
      }, patienceMs)
      waiting.add(check)
      check()
    })
  }

  const until = (wanted: (snapshot: Snapshot) => boolean, what = 'a snapshot') =>
    wait(
      () => (snapshot && wanted(snapshot) ? snapshot : undefined),
      () => `${what}; the screen is ${JSON.stringify(snapshot?.screen)}`,
    )

  async function say(path: string, input: object | undefined): Promise<Answer> {
    const [group = '', name = ''] = path.split('.')
    const { screenId } = await until(() => true)
    // `Intent` pairs each path with its input; the client's own type cannot be walked by a string.
    const groups = client as unknown as Record<
      string,
      Record<string, (i: unknown) => Promise<Answer>>
    >
    const call = groups[group]?.[name]
    if (!call) throw new Error(`no ${path} in the contract`)
    return call({ ...input, screenId })
  }

  return {
    current() {
      if (!snapshot) throw new Error('core is not up')
      return snapshot
    },
    until,
    async screen<N extends ScreenName>(name: N) {
      const found = await until(({ screen }) => screen.name === name, `screen ${name}`)
      return found.screen as ScreenOf<N>
    },
    touch: (path, input) => say(path, input),
    tryTouch: (path, input) => say(path, input).catch(() => ({ taken: false })),
    async type(value) {
      await say('input.set', { value })
      return say('input.submit', {})
    },
    pid: () => core.pid(),
    starts: () => starts,
    deaths: () => deaths,
    started: (count) =>
      wait(
        () => (starts >= count && snapshot ? true : undefined),
        () => `start ${count} of core`,
      ).then(() => undefined),
    kill() {
      const pid = core.pid()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    },
    stop: () => core.stop(),
  }
}
