import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ScannerPicture } from '../ui/scanner-picture.tsx'

export function Scanning({ screen }: ScreenProps<'scanning'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      title={text(screen.stopping ? 'scanning.stopping' : 'scanning.title')}
      lead={text('scanning.lead')}
      actions={
        <Button
          testId="scan-stop"
          disabled={screen.stopping}
          onPress={() => send({ path: 'scan.stop', input: {} })}
        >
          {text('scanning.stop')}
        </Button>
      }
    >
      <ScannerPicture scene="feeding" />
      <p className="scan-count" role="status" data-testid="scan-count">
        {text('scanning.count', { count: screen.pages })}
      </p>
    </Page>
  )
}
