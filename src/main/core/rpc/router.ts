import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract'
import { type AnyRouter, implement, ORPCError, os } from '@orpc/server'
import { type Answer, contract, type IntentionMeta } from '../../../contract/contract.ts'
import type { Snapshot } from '../../../contract/snapshot.ts'
import type { IntentionInput, SessionPort } from './session-port.ts'
import { watchSnapshots } from './watch-snapshots.ts'

/** Every procedure of the contract over one session: rights are checked here, against core's own state. */
export function createRouter(session: SessionPort): AnyRouter {
  return branch(contract, [])

  function branch(node: object, path: readonly string[]): AnyRouter {
    if (isContractProcedure(node)) return procedure(node, path)
    return Object.fromEntries(
      Object.entries(node).map(([key, child]) => [key, branch(child, [...path, key])]),
    )
  }

  function procedure(node: AnyContractProcedure, path: readonly string[]): AnyRouter {
    const name = path.join('.')
    const meta = node['~orpc'].meta as IntentionMeta
    if (name === 'snapshot.watch') {
      return implement(contract.snapshot.watch).handler(({ signal }) =>
        watchSnapshots(session, signal),
      )
    }
    if (name === 'picture.page') {
      return implement(contract.picture.page).handler(({ input }) => {
        const snapshot = session.current()
        const mayAsk = refusal(meta, snapshot) === undefined && input.screenId === snapshot.screenId
        const jpeg = mayAsk ? session.picture(input.pageId) : undefined
        return { jpegBase64: jpeg === undefined ? null : Buffer.from(jpeg).toString('base64') }
      })
    }
    // Runs before the input is looked at: who has no right here learns nothing from the answer.
    const checked = os.middleware(async ({ next }, _input, output) => {
      const code = refusal(meta, session.current())
      if (code !== undefined) return output({ taken: false, code })
      try {
        return await next({})
      } catch (error) {
        if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
          return output({ taken: false, code: 'INVALID' })
        }
        throw error
      }
    })
    // Every intention has the shape of this one; the input schema that is applied is the node's own, and it is
    // applied after `checked`, which oRPC by itself would do before.
    return implement(node as typeof contract.session.stay, {
      initialInputValidationIndex: Number.POSITIVE_INFINITY,
    })
      .use(checked)
      .handler(({ input }) => intend(name, input))
  }

  function intend(name: string, input: IntentionInput): Answer {
    if (input.screenId !== session.current().screenId) return { taken: false, code: 'STALE_SCREEN' }
    try {
      return session.intend(name, input)
    } catch (error) {
      // A bug: core must not go on in a state nobody meant.
      setImmediate(() => {
        throw error
      })
      throw error
    }
  }
}

function refusal(meta: IntentionMeta, snapshot: Snapshot): 'NOT_ALLOWED' | 'NOT_HERE' | undefined {
  if (!meta.roles.includes(snapshot.role)) return 'NOT_ALLOWED'
  if (meta.screens !== 'any' && !meta.screens.includes(snapshot.screen.name)) return 'NOT_HERE'
  return undefined
}
