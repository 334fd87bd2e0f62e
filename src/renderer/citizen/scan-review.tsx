import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { ScanTile } from './scan-tile.tsx'

/** All pages, in their order; what looks amiss is said while the paper is still in hand. */
export function ScanReview({ screen }: ScreenProps<'scanReview'>) {
  const { text, send } = useKiosk()
  const isArriving = screen.pages.some(({ state }) => state === 'arriving')
  const hinted = screen.pages.filter(({ hints }) => hints.length > 0).length
  return (
    <Page
      className="scan-review"
      title={text('scanReview.title', { count: screen.pages.length })}
      lead={hinted > 0 ? text('scanReview.hinted') : text('scanReview.lead')}
      actions={
        <>
          <div className="button-pair">
            <Button testId="scan-skip" onPress={() => send({ path: 'scan.skip', input: {} })}>
              {text('scanReview.skip')}
            </Button>
            <Button
              testId="scan-add"
              disabled={!screen.canAdd}
              onPress={() => send({ path: 'scan.addPages', input: {} })}
            >
              {text('scanReview.add')}
            </Button>
          </div>
          <Button
            kind="primary"
            testId="scan-accept"
            disabled={isArriving}
            onPress={() => send({ path: 'scan.accept', input: {} })}
          >
            {text('scanReview.accept')}
          </Button>
        </>
      }
    >
      <div className="tiles">
        {screen.pages.map((page) => (
          <ScanTile key={page.pageId} page={page} />
        ))}
      </div>
    </Page>
  )
}
