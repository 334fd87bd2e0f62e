import type { ContractRouterClient } from '@orpc/contract'
import type { Answer, Contract } from '../../src/contract/contract.ts'
import type { Intent } from '../../src/contract/intent.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import { type Snapshot, snapshotSchema } from '../../src/contract/snapshot.ts'

type ScreenOf<N extends ScreenName> = Extract<Snapshot['screen'], { name: N }>

/** What a person before the screen sees and touches, whatever carries the contract. */
export interface CoreView {
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
  readonly tryTouch: CoreView['touch']
  /** Types into the field and presses "go on". */
  type(value: string): Promise<Answer>
}

export interface AttachableView extends CoreView {
  /**
   * Core is up behind this client: watches it until the next `attach` or `detach`. `lost`: nothing comes over it any
   * more, though nobody has detached it.
   */
  attach(client: ContractRouterClient<Contract>, lost?: () => void): void
  detach(): void
  isUp(): boolean
  /** Any path with any input, just so. */
  say(path: string, input: unknown): Promise<Answer>
  /** Resolves when `look` finds something, now or after any change; `tell` after changes of your own. */
  wait<T>(look: () => T | undefined, what: () => string): Promise<T>
  tell(): void
}

/** Ends a wait in vain; long, since another machine's load must not decide. */
const patienceMs = 60_000

export function createCoreView(): AttachableView {
  let snapshot: Snapshot | undefined
  let client: ContractRouterClient<Contract> | undefined
  const waiting = new Set<() => void>()
  const tell = () => {
    for (const check of waiting) check()
  }

  async function watch(own: ContractRouterClient<Contract>, lost: () => void): Promise<void> {
    try {
      for await (const arrived of await own.snapshot.watch()) {
        if (client !== own) return
        snapshot = snapshotSchema.parse(arrived)
        tell()
      }
    } catch {
      // Core went away; the next one is watched anew.
    }
    // The connection stands and nothing comes over it any more: a screen would connect again, too.
    if (client === own) lost()
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

  async function say(path: string, input: unknown): Promise<Answer> {
    const [group = '', name = ''] = path.split('.')
    // `Intent` pairs each path with its input; the client's own type cannot be walked by a string.
    const groups = client as unknown as Record<
      string,
      Record<string, (i: unknown) => Promise<Answer>>
    >
    const call = groups[group]?.[name]
    if (!call) throw new Error(`no ${path} in the contract`)
    return call(input)
  }

  async function touch(path: string, input?: object): Promise<Answer> {
    const { screenId } = await until(() => true)
    return say(path, { ...input, screenId })
  }

  return {
    attach(own, lost = () => {}) {
      client = own
      void watch(own, lost)
    },
    detach() {
      client = undefined
      snapshot = undefined
    },
    isUp: () => snapshot !== undefined,
    wait,
    tell,
    current() {
      if (!snapshot) throw new Error('core is not up')
      return snapshot
    },
    until,
    async screen<N extends ScreenName>(name: N) {
      const found = await until(({ screen }) => screen.name === name, `screen ${name}`)
      return found.screen as ScreenOf<N>
    },
    say,
    touch,
    tryTouch: (path, input) => touch(path, input).catch(() => ({ taken: false })),
    async type(value) {
      // A person sees whether the keys arrived; on a screen that has just changed they press them again.
      for (;;) {
        const { revision } = await until(() => true)
        if ((await touch('input.set', { value })).taken) break
        await until((next) => next.revision !== revision, 'the field to take keys')
      }
      return touch('input.submit', {})
    },
  }
}
