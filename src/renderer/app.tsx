import { type CSSProperties, useCallback, useEffect, useMemo } from 'react'
import type { BridgeState } from './api/bridge.ts'
import { type Kiosk, KioskContext } from './api/kiosk-context.ts'
import { textsIn } from './i18n/text.ts'
import { ScreenView } from './screen-view.tsx'
import { Frame } from './ui/frame.tsx'
import { MomentOverlay } from './ui/moment-overlay.tsx'
import { SettlingShield } from './ui/settling-shield.tsx'
import { WarningOverlay } from './ui/warning-overlay.tsx'

interface AppProps extends BridgeState {
  readonly send: (
    screenId: string,
    intent: Parameters<Kiosk['send']>[0],
  ) => ReturnType<Kiosk['send']>
  readonly picture: (screenId: string, pageId: string) => ReturnType<Kiosk['picture']>
}

/** The page is a function of the snapshot; it has no state that a reload would lose. */
export function App({ snapshot, connected, send, picture }: AppProps) {
  const language = snapshot?.language ?? 'vi'
  const text = useMemo(() => textsIn(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const screenId = snapshot?.screenId ?? ''
  const pictureHere = useCallback(
    (pageId: string) => picture(screenId, pageId),
    [picture, screenId],
  )
  const kiosk = useMemo<Kiosk | undefined>(
    () =>
      snapshot && {
        snapshot,
        text,
        send: (intent) => send(snapshot.screenId, intent),
        picture: pictureHere,
      },
    [snapshot, text, send, pictureHere],
  )
  if (kiosk === undefined) return <MomentOverlay text={text} />
  const { display } = kiosk.snapshot
  return (
    <KioskContext value={kiosk}>
      <div
        className="kiosk"
        // The page's own attribute comes a moment later, and letters are measured before.
        lang={language}
        data-screen={kiosk.snapshot.screen.name}
        data-connected={connected}
        data-large-text={display.largeText || undefined}
        data-high-contrast={display.highContrast || undefined}
        data-reach={display.reach || undefined}
        style={{ '--above-reach': kiosk.snapshot.kiosk.aboveReach } as CSSProperties}
      >
        <Frame>
          <ScreenView key={kiosk.snapshot.screenId} screen={kiosk.snapshot.screen} />
        </Frame>
        <SettlingShield key={`settling ${kiosk.snapshot.screenId}`} />
        {kiosk.snapshot.warning && <WarningOverlay warning={kiosk.snapshot.warning} />}
        {!connected && <MomentOverlay text={text} />}
      </div>
    </KioskContext>
  )
}
