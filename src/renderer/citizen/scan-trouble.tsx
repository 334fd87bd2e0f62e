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
  // A scanner that says nothing is not the next step.
  const goesOn = scene === 'silent'
  const skip = (
    <Button
      kind={goesOn ? 'primary' : 'secondary'}
      testId="scan-skip"
      onPress={() => send({ path: 'scan.skip', input: {} })}
    >
      {text('scanOffer.skip')}
    </Button>
  )
  const again = (
    <Button
      kind={goesOn ? 'secondary' : 'primary'}
      testId="scan-start"
      onPress={() => send({ path: 'scan.start', input: {} })}
    >
      {text('scanTrouble.again')}
    </Button>
  )
  const [next, other] = goesOn ? [skip, again] : [again, skip]
  return (
    <Page
      tone="alert"
      title={text(`${key}.title`)}
      lead={text(`${key}.lead`)}
      actions={
        <>
          {screen.pages > 0 ? (
            <div className="button-pair">
              {other}
              <Button
                testId="scan-pages"
                onPress={() => send({ path: 'scan.showPages', input: {} })}
              >
                {text('scanTrouble.pages', { count: screen.pages })}
              </Button>
            </div>
          ) : (
            other
          )}
          {next}
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
