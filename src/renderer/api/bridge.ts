import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { type Answer, answerSchema, type Contract } from '../../contract/contract.ts'
import type { Intent } from '../../contract/intent.ts'
import { type Snapshot, snapshotSchema } from '../../contract/snapshot.ts'
import { newestSnapshot } from './newest-snapshot.ts'
import type { Dial } from './socket.ts'

/** What the page knows of core. */
export interface BridgeState {
  readonly snapshot: Snapshot | undefined
  /** False while core or host is away: `snapshot` is then the last one. */
  readonly connected: boolean
}

export interface Bridge {
  /** Resolves with core's answer, or with `undefined` when it could not be asked. */
  send(screenId: string, intent: Intent): Promise<Answer | undefined>
  /** A scanned page, JPEG in base64; null when core shows none, or could not be asked. */
  picture(screenId: string, pageId: string): Promise<string | null>
}

const shortestPauseMs = 100
const longestPauseMs = 1_000

/**
 * The only place that speaks to core: connects, watches the snapshots, connects again for ever. What does not
 * have the contract's shape is not shown.
 */
export function connectBridge(dial: Dial, onState: (state: BridgeState) => void): Bridge {
  let snapshot: Snapshot | undefined
  let client: ContractRouterClient<Contract> | undefined
  let pauseMs = shortestPauseMs
  const tell = (connected: boolean) => onState({ snapshot, connected })

  const connect = () => {
    const socket = dial()
    const own: ContractRouterClient<Contract> = createORPCClient(
      new RPCLink({ websocket: socket as never }),
    )
    socket.addEventListener('open', () => {
      client = own
      watch(own).catch(() => socket.close())
    })
    socket.addEventListener('close', () => {
      if (client === own) client = undefined
      tell(false)
      setTimeout(connect, pauseMs)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    })
  }

  const watch = async (own: ContractRouterClient<Contract>) => {
    for await (const arrived of await own.snapshot.watch()) {
      snapshot = newestSnapshot(snapshot, snapshotSchema.parse(arrived))
      pauseMs = shortestPauseMs
      tell(true)
    }
    throw new Error('Core ended the stream of snapshots')
  }

  connect()
  return {
    send: async (screenId, { path, input }) => {
      const [group, name] = path.split('.') as [string, string]
      // `Intent` pairs each path with its input; the client's own type cannot be walked by a string.
      const groups = client as unknown as
        | Record<string, Record<string, (input: unknown) => Promise<unknown>>>
        | undefined
      try {
        return answerSchema.parse(await groups?.[group]?.[name]?.({ ...input, screenId }))
      } catch {
        // The connection broke: the snapshot that comes next shows what became of it.
        return undefined
      }
    },
    picture: async (screenId, pageId) => {
      try {
        const answer = await client?.picture.page({ screenId, pageId })
        return answer?.jpegBase64 ?? null
      } catch {
        return null
      }
    },
  }
}
