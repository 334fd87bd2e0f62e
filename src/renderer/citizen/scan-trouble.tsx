import type { ReasonCode } from '../../contract/faults.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ScannerPicture, type ScannerScene } from '../ui/scanner-picture.tsx'
import { Steps } from '../ui/steps.tsx'

const scenes: Readonly<Partial<Record<ReasonCode, ScannerScene>>> = {
  JAM: 'jam',
  DOUBLE_FEED: 'doubleFeed',
  COVER_OPEN: 'coverOpen',
  FEEDER_EMPTY: 'empty',
}

/** What happened, where the paper is, what to do; and always the way on without the scanner. */
export function ScanTrouble({ screen }: ScreenProps<'scanTrouble'>) {
  const { text, send } = useKiosk()
  const scene = scenes[screen.reason] ?? 'silent'
  const key = `scanTrouble.${scene}`
  return (
    <Page
      tone="alert"
      title={text(`${key}.title`)}
      lead={text(`${key}.lead`)}
      actions={
        <>
          <div className={screen.pages > 0 ? 'button-pair' : ''}>
            <Button testId="scan-skip" onPress={() => send({ path: 'scan.skip', input: {} })}>
              {text('scanOffer.skip')}
            </Button>
            {screen.pages > 0 && (
              <Button
                testId="scan-pages"
                onPress={() => send({ path: 'scan.showPages', input: {} })}
              >
                {text('scanTrouble.pages', { count: screen.pages })}
              </Button>
            )}
          </div>
          <Button
            kind="primary"
            testId="scan-start"
            onPress={() => send({ path: 'scan.start', input: {} })}
          >
            {text('scanTrouble.again')}
          </Button>
        </>
      }
    >
      <div data-testid={`trouble-${screen.reason}`} className="block">
        <Steps steps={[text(`${key}.first`), text(`${key}.then`)]} />
      </div>
      <ScannerPicture scene={scene} />
    </Page>
  )
}
