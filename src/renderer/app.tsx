import { useEffect, useMemo } from 'react'
import type { BridgeState } from './api/bridge.ts'
import { type Kiosk, KioskContext } from './api/kiosk-context.ts'
import { textsIn } from './i18n/text.ts'
import { ScreenView } from './screen-view.tsx'
import { Frame } from './ui/frame.tsx'
import { MomentOverlay } from './ui/moment-overlay.tsx'
import { WarningOverlay } from './ui/warning-overlay.tsx'

interface AppProps extends BridgeState {
  readonly send: (
    screenId: string,
    intent: Parameters<Kiosk['send']>[0],
  ) => ReturnType<Kiosk['send']>
}

/** The page is a function of the snapshot; it has no state that a reload would lose. */
export function App({ snapshot, connected, send }: AppProps) {
  const language = snapshot?.language ?? 'vi'
  const text = useMemo(() => textsIn(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const kiosk = useMemo<Kiosk | undefined>(
    () => snapshot && { snapshot, text, send: (intent) => send(snapshot.screenId, intent) },
    [snapshot, text, send],
  )
  if (kiosk === undefined) return <MomentOverlay text={text} />
  return (
    <KioskContext value={kiosk}>
      <div className="kiosk" data-screen={kiosk.snapshot.screen.name} data-connected={connected}>
        <Frame>
          <ScreenView key={kiosk.snapshot.screenId} screen={kiosk.snapshot.screen} />
        </Frame>
        {kiosk.snapshot.warning && <WarningOverlay warning={kiosk.snapshot.warning} />}
        {!connected && <MomentOverlay text={text} />}
      </div>
    </KioskContext>
  )
}
