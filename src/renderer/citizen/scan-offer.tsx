import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ScannerPicture } from '../ui/scanner-picture.tsx'
import { Steps } from '../ui/steps.tsx'

/** An offer: nobody has to scan, and nobody unstaples a certified copy for it. */
export function ScanOffer({ screen }: ScreenProps<'scanOffer'>) {
  const { text, send } = useKiosk()
  const isReplacing = screen.replacing !== null
  const title = isReplacing
    ? text('scanOffer.replaceTitle', { number: screen.replacing ?? 0 })
    : text(screen.pages > 0 ? 'scanOffer.moreTitle' : 'scanOffer.title')
  return (
    <Page
      title={title}
      lead={isReplacing ? text('scanOffer.replaceLead') : text('scanOffer.lead')}
      actions={
        <>
          <Button testId="scan-skip" onPress={() => send({ path: 'scan.skip', input: {} })}>
            {text(screen.pages > 0 ? 'scanOffer.noMore' : 'scanOffer.skip')}
          </Button>
          <Button
            kind="primary"
            testId="scan-start"
            onPress={() => send({ path: 'scan.start', input: {} })}
          >
            {text('scanOffer.start')}
          </Button>
        </>
      }
    >
      <Steps steps={[text('scanOffer.put'), text('scanOffer.press')]} />
      <ScannerPicture scene="ready" />
      <p className="note">{text('scanOffer.stapled')}</p>
    </Page>
  )
}
