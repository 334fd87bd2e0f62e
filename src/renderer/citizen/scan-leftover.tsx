import { useEffect } from 'react'
import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ScannerPicture } from '../ui/scanner-picture.tsx'
import { playSignal } from '../ui/sound.ts'

/** Said by sound too: who looks into their bag does not look at the screen. */
export function ScanLeftover({ screen }: ScreenProps<'scanLeftover'>) {
  const { text, send } = useKiosk()
  useEffect(() => playSignal('alarm'), [])
  return (
    <Page
      tone="alert"
      title={text('scanLeftover.title')}
      lead={text(screen.insisted ? 'scanLeftover.stillSeen' : 'scanLeftover.lead')}
      actions={
        <Button
          kind="primary"
          testId="original-taken"
          onPress={() => send({ path: 'scan.originalTaken', input: {} })}
        >
          {text(screen.insisted ? 'scanLeftover.goOn' : 'scanLeftover.taken')}
        </Button>
      }
    >
      <ScannerPicture scene="leftover" />
    </Page>
  )
}
