import { beatEveryMs, type KioskShell } from '../../contract/shell.ts'
import type { BridgeState } from './bridge.ts'

/**
 * Tells the shell that this page is alive. A page that hangs says nothing, nor does one that shows nothing: the
 * shell reloads both. Idle is only what core said last.
 */
export function startBeat(
  shell: KioskShell,
  root: Pick<Element, 'childElementCount'>,
  state: () => BridgeState,
): void {
  const beat = () => {
    if (root.childElementCount === 0) return
    const { snapshot, connected } = state()
    shell.beat(connected && snapshot?.screen.name === 'idle' && snapshot.role === 'nobody')
  }
  setInterval(beat, beatEveryMs)
}
